using System.Globalization;
using Plainproof.Assurance;
using Plainproof.Checks;

namespace Plainproof.Features.Controls;

/// <summary>One number that a check judges by, as it is now.</summary>
internal sealed record NumberView(CheckInfo Check, string Name, Parameter Parameter, double Value)
{
    public bool IsOwn => Value != Parameter.Default;

    public string Text => $"{InWords(Value, Parameter)}.";

    public string Suggested => Short(Parameter.Default);

    public string Plain => Short(Value);

    public string Least => Short(Parameter.Min);

    public string Most => Short(Parameter.Max);

    public static IReadOnlyList<NumberView> Of(IEnumerable<Evaluation> evaluations) =>
        [.. evaluations.SelectMany(evaluation => (evaluation.Check.Info.Parameters ?? new Dictionary<string, Parameter>())
            .Select(pair => new NumberView(evaluation.Check.Info, $"{evaluation.Check.Info.Id}.{pair.Key}", pair.Value, evaluation.Given[pair.Key])))];

    public static string InWords(double value, Parameter parameter) => $"{Short(value)} {parameter.Unit}";

    private static string Short(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Checks.Own;

/// <summary>
/// Compiles <c>{ property: value }</c> and <c>{ property: { above: 3, below: 9 } }</c> to one delegate; all must hold.
/// A value that is absent meets no condition but <c>present: false</c>: what is not known does not pass.
/// </summary>
internal static class OwnConditions
{
    private static readonly string[] Verbs = ["is", "not", "in", "notIn", "above", "below", "atLeast", "atMost", "contains", "matches", "present", "withinDays", "olderThanDays"];

    /// <summary>One delegate for the whole check: what it is not about, what passes, and the rest fails.</summary>
    public static Func<T, Given, Outcome> Compile<T>(YamlMappingNode? when, YamlMappingNode? pass, Action<YamlNode, string> problem)
    {
        var (it, given) = (Expression.Parameter(typeof(T), "it"), Expression.Parameter(typeof(Given), "given"));
        var applies = when is null ? null : All<T>(when, it, given, problem);
        var passes = pass is null ? null : All<T>(pass, it, given, problem);
        var verdict = Expression.Condition(passes ?? Expression.Constant(false), Expression.Constant(Outcome.Pass), Expression.Constant(Outcome.Fail));
        return Expression.Lambda<Func<T, Given, Outcome>>(
            applies is null ? verdict : Expression.Condition(applies, verdict, Expression.Constant(Outcome.NotApplicable)), it, given).Compile();
    }

    private static Expression? All<T>(YamlMappingNode conditions, ParameterExpression it, ParameterExpression given, Action<YamlNode, string> problem)
    {
        Expression? all = null;
        foreach (var (key, value) in conditions.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (Property<T>(name) is not { } property)
            {
                problem(key, $"'{name}' is nothing that {Facts.Aspect.Of<T>()} has.{Nearest.Words(name, Names<T>())}");
                continue;
            }

            foreach (var (verb, operand) in VerbsOf(value, problem))
            {
                var one = One(Expression.Property(it, property), given, verb, operand, problem);
                all = all is null ? one : one is null ? all : Expression.AndAlso(all, one);
            }
        }

        return all;
    }

    public static PropertyInfo? Property<T>(string name) =>
        typeof(T).GetProperties().FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase) && property.Name != "EqualityContract");

    public static IEnumerable<string> Names<T>() =>
        typeof(T).GetProperties().Where(property => property.Name != "EqualityContract").Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

    private static IEnumerable<(string Verb, YamlNode Operand)> VerbsOf(YamlNode value, Action<YamlNode, string> problem)
    {
        if (value is not YamlMappingNode map)
            return [(value is YamlSequenceNode ? "in" : "is", value)];
        foreach (var key in map.Children.Keys.OfType<YamlScalarNode>().Where(key => !Verbs.Contains(key.Value)))
            problem(key, $"There is no condition '{key.Value}'.{Nearest.Words(key.Value ?? "", Verbs)}");
        return map.Children.Where(pair => Verbs.Contains((pair.Key as YamlScalarNode)?.Value)).Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value));
    }

    private static Expression? One(MemberExpression property, ParameterExpression given, string verb, YamlNode operand, Action<YamlNode, string> problem)
    {
        var type = Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        var absent = property.Type.IsValueType && Nullable.GetUnderlyingType(property.Type) is null ? (Expression)Expression.Constant(false) : Expression.Equal(property, Expression.Constant(null, property.Type));
        if (verb == "present")
            return (operand as YamlScalarNode)?.Value == "false" ? absent : Expression.Not(absent);
        var value = property.Type == type ? (Expression)property : Expression.Property(property, "Value");
        var test = Test(value, type, given, verb, operand, problem);
        return test is null ? null : Expression.AndAlso(Expression.Not(absent), test);
    }

    private static Expression? Test(Expression value, Type type, Expression given, string verb, YamlNode operand, Action<YamlNode, string> problem)
    {
        switch (verb)
        {
            case "is":
            case "not":
                var same = Constant(type, operand, problem) is { } single ? Same(value, single) : null;
                return same is null || verb == "is" ? same : Expression.Not(same);
            case "in":
            case "notIn":
                return Among(value, type, verb == "notIn", operand, problem);
            case "contains":
            case "matches":
                return InText(value, type, verb, operand, problem);
            case "withinDays":
            case "olderThanDays":
                return ByAge(value, type, given, verb == "olderThanDays", operand, problem);
            default:
                return Compared(value, type, verb, operand, problem);
        }
    }

    private static Expression Same(Expression value, ConstantExpression other) => value.Type == typeof(string)
        ? Expression.Call(typeof(string), nameof(string.Equals), null, value, other, Expression.Constant(StringComparison.OrdinalIgnoreCase))
        : Expression.Equal(value, other);

    private static Expression? Among(Expression value, Type type, bool not, YamlNode operand, Action<YamlNode, string> problem)
    {
        if (operand is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            problem(operand, "A list is needed here, such as  in: [a, b]");
            return null;
        }

        var any = list.Children.Select(item => Constant(type, item, problem)).OfType<ConstantExpression>().Select(constant => Same(value, constant)).Aggregate((Expression?)null, (a, b) => a is null ? b : Expression.OrElse(a, b));
        return any is null ? null : not ? Expression.Not(any) : any;
    }

    private static Expression? InText(Expression value, Type type, string verb, YamlNode operand, Action<YamlNode, string> problem)
    {
        var words = (operand as YamlScalarNode)?.Value ?? "";
        if (verb == "contains" && type.IsAssignableTo(typeof(IEnumerable<string>)))
            return Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], value, Expression.Constant(words), Expression.Constant(StringComparer.OrdinalIgnoreCase));
        if (type != typeof(string))
        {
            problem(operand, $"'{verb}' works on text.");
            return null;
        }

        if (verb == "contains")
            return Expression.Call(value, nameof(string.Contains), null, Expression.Constant(words), Expression.Constant(StringComparison.OrdinalIgnoreCase));
        try
        {
            var pattern = new Regex(words, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return Expression.Call(Expression.Constant(pattern), nameof(Regex.IsMatch), null, value);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem(operand, $"This pattern cannot be used: {e.Message}");
            return null;
        }
    }

    private static BinaryExpression? ByAge(Expression value, Type type, Expression given, bool older, YamlNode operand, Action<YamlNode, string> problem)
    {
        if (!double.TryParse((operand as YamlScalarNode)?.Value, CultureInfo.InvariantCulture, out var days) || (type != typeof(DateTimeOffset) && type != typeof(DateOnly)))
        {
            problem(operand, "This needs a date to look at, and a number of days.");
            return null;
        }

        var age = Expression.Call(typeof(OwnConditions), type == typeof(DateOnly) ? nameof(AgeOfDay) : nameof(AgeOfMoment), null, value, given);
        return older ? Expression.GreaterThan(age, Expression.Constant(days)) : Expression.LessThanOrEqual(age, Expression.Constant(days));
    }

    private static double AgeOfDay(DateOnly day, Given given) => given.Today.DayNumber - day.DayNumber;

    private static double AgeOfMoment(DateTimeOffset at, Given given) => (given.AsOf - at).TotalDays;

    private static BinaryExpression? Compared(Expression value, Type type, string verb, YamlNode operand, Action<YamlNode, string> problem)
    {
        if (!IsNumber(type) || !double.TryParse((operand as YamlScalarNode)?.Value, CultureInfo.InvariantCulture, out var number))
        {
            problem(operand, $"'{verb}' compares numbers.");
            return null;
        }

        var (left, right) = (Expression.Convert(value, typeof(double)), Expression.Constant(number));
        return verb switch
        {
            "above" => Expression.GreaterThan(left, right),
            "below" => Expression.LessThan(left, right),
            "atLeast" => Expression.GreaterThanOrEqual(left, right),
            _ => Expression.LessThanOrEqual(left, right),
        };
    }

    private static ConstantExpression? Constant(Type type, YamlNode node, Action<YamlNode, string> problem)
    {
        var text = (node as YamlScalarNode)?.Value ?? "";
        object? value = type == typeof(string) ? text
            : type == typeof(bool) ? text.ToLowerInvariant() switch { "true" or "yes" => true, "false" or "no" => false, _ => null }
            : type.IsEnum ? Enum.TryParse(type, text, ignoreCase: true, out var parsed) && !int.TryParse(text, out _) ? parsed : null
            : IsNumber(type) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Convert.ChangeType(number, type, CultureInfo.InvariantCulture)
            : null;
        if (value is not null)
            return Expression.Constant(value, type);
        problem(node, type.IsEnum ? $"'{text}' must be one of: {string.Join(", ", Enum.GetNames(type).Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}." : $"'{text}' does not fit here; {Fits(type)} is needed.");
        return null;
    }

    private static string Fits(Type type) => type == typeof(bool) ? "true or false" : IsNumber(type) ? "a number" : "another condition, such as present or withinDays,";

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal);
}

using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>Looks only at the right that a Unix number gives; rights by groups and rules are for other checks.</summary>
internal sealed class OnlyRootIsRoot : ICheck
{
    private const string NumberOfRoot = "uid 0";

    public CheckInfo Info { get; } = CheckInfo.Beside(typeof(OnlyRootIsRoot));

    public void Evaluate(IFacts facts, Given given, Findings into)
    {
        foreach (var right in facts.Of<Privilege>().Where(right => right.Value.Right == NumberOfRoot))
            into.Judge(right, right.Value.AccountName == "root" ? Outcome.Pass : Outcome.Fail);
    }

    public string Say(in Result result, Given given) => ((Privilege)result.About!.Untyped).AccountName switch
    {
        "root" => "root has number 0, as it should.",
        var name => $"{name} has number 0 and so is root under another name.",
    };
}

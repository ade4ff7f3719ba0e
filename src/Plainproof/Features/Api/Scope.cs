using Plainproof.Features.People;
using Plainproof.Storage;

namespace Plainproof.Features.Api;

/// <summary>What a token was made for. It never gives more than its person's role does: each operation asks for both.</summary>
internal enum Scope
{
    Read,
    Work,
    Collect,
    Push,
    Test,
}

internal static class Scopes
{
    public static IReadOnlyList<Scope> All { get; } = Enum.GetValues<Scope>();

    public static string Plain(this Scope scope) => scope switch
    {
        Scope.Read => "Read everything of the company.",
        Scope.Work => "Work on gaps, answers and populations: assign, comment, waive, answer, check again, freeze.",
        Scope.Collect => "Read connected systems now.",
        Scope.Test => "Write an auditor's own tests.",
        _ => "Push facts and evidence files from a script of your own.",
    };

    /// <summary>What the person's role must include, where an operation asks for nothing else.</summary>
    public static Ability Ability(this Scope scope) => scope switch
    {
        Scope.Read => People.Ability.See,
        Scope.Work => People.Ability.Work,
        Scope.Collect => People.Ability.ManageSystems,
        Scope.Test => People.Ability.SeeTests, // Whether they may write now is asked where they write, with the reason.
        _ => People.Ability.UploadEvidence,
    };

    public static string ToText(IEnumerable<Scope> scopes) => string.Join(' ', scopes.Distinct().Order().Select(Words.Of));

    public static IReadOnlyList<Scope> FromText(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Parse<Scope>)];
}

using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>At the moment of reading, nobody on another machine is connected without encryption.</summary>
internal sealed class DatabasePlainSessions : EachCheck<DatabaseSessions>
{
    private const int Named = 5;

    protected override Outcome Judge(DatabaseSessions it, Given given) => PassWhen(it.Plain.Count == 0);

    protected override string Say(DatabaseSessions it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? "No session from another machine was open without encryption."
        : $"Open without encryption: {string.Join(", ", it.Plain.Take(Named).Select(one => $"{one.User} from {one.Address}"))}{More(it)}.";

    private static string More(DatabaseSessions it) => it.Plain.Count > Named ? $" and {it.Plain.Count - Named} more" : "";
}

using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>A database that other machines can reach offers TLS 1.2 or newer, and nothing older.</summary>
internal sealed class DatabaseTls : EachCheck<DatabaseTransport>
{
    protected override Outcome Judge(DatabaseTransport it, Given given) =>
        it.Encrypts ? IsOld(it) ? Outcome.Fail : Outcome.Pass
        : it.ListensBeyondLoopback ? Outcome.Fail : Outcome.NotApplicable;

    protected override string Say(DatabaseTransport it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => it.OldestProtocol is { } oldest ? $"TLS is on, from {oldest}." : "TLS is on. The oldest version allowed is left to the TLS library.",
        Outcome.NotApplicable => "The database can only be reached from its own machine.",
        _ when it.Encrypts => $"The database still speaks {it.OldestProtocol}, which is broken.",
        _ => $"TLS is off, and the database listens on {string.Join(", ", it.ListensOn)}.",
    };

    private static bool IsOld(DatabaseTransport it) => it.OldestProtocol is "TLSv1" or "TLSv1.0" or "TLSv1.1" or "SSLv3";
}

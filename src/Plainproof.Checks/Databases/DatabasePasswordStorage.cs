using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>New passwords are stored so that a stolen copy cannot be used or guessed quickly.</summary>
internal sealed class DatabasePasswordStorage : EachCheck<DatabaseTransport>
{
    protected override Outcome Judge(DatabaseTransport it, Given given) => it.PasswordStorage switch
    {
        "scram-sha-256" or "caching_sha2_password" => Outcome.Pass,
        "md5" or "mysql_native_password" => Outcome.Fail,
        _ => Outcome.NeedsReview,
    };

    protected override string Say(DatabaseTransport it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"New passwords are stored as {it.PasswordStorage}.",
        Outcome.Fail => $"New passwords are stored as {it.PasswordStorage}, which is quickly guessed.",
        _ => $"New passwords are stored as {it.PasswordStorage}. Find out whether that is strong.",
    };
}

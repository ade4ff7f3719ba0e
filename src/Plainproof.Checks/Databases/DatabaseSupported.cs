using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>The makers of the database still publish security fixes for its version.</summary>
internal sealed class DatabaseSupported : EachCheck<DatabaseServer>
{
    protected override Outcome Judge(DatabaseServer it, Given given) =>
        it.SupportedUntil is { } until ? PassWhen(given.Today <= until) : Outcome.NeedsReview;

    protected override string Say(DatabaseServer it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"{it.Product} {it.Version} gets security fixes until {it.SupportedUntil:yyyy-MM-dd}.",
        Outcome.Fail => $"{it.Product} {it.Version} has had no security fixes since {it.SupportedUntil:yyyy-MM-dd}.",
        _ => $"{it.Product} {it.Version} is not in our table of {it.TableDated:yyyy-MM-dd}. Look up until when it gets fixes.",
    };
}

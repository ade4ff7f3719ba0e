using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>A few named commands may do without; everything may not.</summary>
internal sealed class SudoAsksForPassword : EachCheck<SudoRule>
{
    protected override Outcome Judge(SudoRule it, Given given) =>
        it.Who is "root" or "#0" ? Outcome.NotApplicable : PassWhen(!(it.NoPassword && it.AllCommands));

    protected override string Say(SudoRule it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => "The rule is about root itself.",
        Outcome.Fail => $"{it.Who} may run everything as {As(it)} by {it.Tool} without giving a password.",
        _ when it.NoPassword => $"{it.Who} gives no password for these commands only: {string.Join(", ", it.Commands)}.",
        _ when it.AllCommands => $"{it.Who} must give a password to run everything by {it.Tool}.",
        _ => $"{it.Who} must give a password to run {string.Join(", ", it.Commands)} by {it.Tool}.",
    };

    private static string As(SudoRule it) => it.RunAs is null or "ALL" ? "root" : it.RunAs;
}

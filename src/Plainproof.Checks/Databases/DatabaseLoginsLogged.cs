using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>Who signed in and when is written to the log, for every role, and the log goes somewhere.</summary>
internal sealed class DatabaseLoginsLogged : EachCheck<DatabaseLogging>
{
    protected override Outcome Judge(DatabaseLogging it, Given given) => PassWhen(it.Connections && it.Collected && SwitchedOff(it) is null);

    protected override string Say(DatabaseLogging it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"Sign-ins are logged to {string.Join(", ", it.Destinations)}{(it.Disconnections ? ", and so are sign-outs" : "")}."
        : !it.Connections ? "Sign-ins are not logged."
        : !it.Collected ? "The log goes to the server's error output, and the server does not collect it."
        : $"Sign-ins are logged, but not for {SwitchedOff(it)!.For}.";

    private static LoggingException? SwitchedOff(DatabaseLogging it) =>
        it.Exceptions.FirstOrDefault(one => one.Setting == "log_connections" && one.Value is "off" or "false" or "0" or "no" or "");
}

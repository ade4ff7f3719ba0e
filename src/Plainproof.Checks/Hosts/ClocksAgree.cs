using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class ClocksAgree : EachCheck<HostClock>
{
    protected override Outcome Judge(HostClock it, Given given) =>
        it.Form == HostForm.Container ? Outcome.NotApplicable : PassWhen(it.Synchronised && !IsOff(it, given));

    protected override string Say(HostClock it, Dated about, Outcome outcome, Given given)
    {
        var name = Subjects.ShortName(about.Scope, about.Subject);
        return outcome switch
        {
            Outcome.NotApplicable => $"{name} is a container and takes the clock of its host.",
            Outcome.Pass => $"{it.Service ?? "The system"} keeps the clock of {name} right.",
            _ when it.Synchronised => string.Create(CultureInfo.InvariantCulture, $"The clock of {name} is {Math.Abs(it.OffsetSeconds!.Value):0.#} seconds off; the limit is {given["limitSeconds"]:0.#}."),
            _ when it.Service is { } service => $"{service} runs on {name}, and the clock is not synchronised.",
            _ => $"Nothing keeps the clock of {name} right.",
        };
    }

    private static bool IsOff(HostClock it, Given given) => it.OffsetSeconds is { } offset && Math.Abs(offset) > given["limitSeconds"];
}

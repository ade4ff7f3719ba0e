using Plainproof.Documents;

namespace Plainproof.Features.Check;

/// <summary>A step of a fix: what stands between back quotes is typed as it is.</summary>
internal static class Steps
{
    public static Text Inline(string step) =>
        Text.Of([.. step.Split('`').Select((part, i) => new Run(part, i % 2 == 1 ? RunStyle.Code : RunStyle.Plain)).Where(run => run.Value.Length > 0)]);
}

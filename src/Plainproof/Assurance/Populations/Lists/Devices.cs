using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Devices : StandingPopulation<Computer>
{
    public override string Id => "devices";

    public override string Title => "Computers";

    public override string Query => "Every computer that a directory knew at some moment";

    public override string Connect => "Connect a directory.";

    public override IReadOnlyList<string> Columns { get; } = ["Name", "Switched on", "Operating system", "Version", "Last signed in"];

    protected override IReadOnlyList<string> Cells(Computer it) => [it.Name, Cell.Of((bool?)it.Enabled), it.OperatingSystem ?? "", it.OperatingSystemVersion ?? "", Cell.Of(it.LastSeenAt)];
}

using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Accounts : StandingPopulation<Account>
{
    public override string Id => "accounts";

    public override string Title => "Accounts";

    public override string Query => "Every account that a system had at some moment, also those of programs and those switched off";

    public override string Connect => "Connect a directory, a host or a database.";

    public override IReadOnlyList<string> Columns { get; } = ["Name", "Whose", "Switched on", "Shown as", "E-mail", "Made"];

    protected override IReadOnlyList<string> Cells(Account it) => [it.Name, Cell.Of(it.Nature), Cell.Of((bool?)it.Enabled), it.DisplayName ?? "", it.Email ?? "", Cell.Of(it.CreatedAt)];
}

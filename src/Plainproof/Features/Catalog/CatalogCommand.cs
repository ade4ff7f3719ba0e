using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Cli;

namespace Plainproof.Features.Catalog;

/// <summary><c>plainproof catalog check</c>.</summary>
internal sealed class CatalogCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var check = new Command("check", "Prove that the catalogue holds together: every criterion, control, gap, question and text.");
        check.SetAction((_, stop) => new CatalogCheck(Reaches()).RunAsync(around.Out, stop));
        return new Command("catalog", "What SOC 2 asks, as data.") { check };
    }

    internal static IReadOnlyList<CheckReach> Reaches() =>
        [.. CheckLibrary.All.Select(check => new CheckReach(check.Info.Id, check.Info.Controls, [.. check.Info.Criteria.Select(edge => edge.Id)]))];
}

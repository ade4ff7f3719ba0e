using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Sources;

namespace Plainproof.Features.Populations;

/// <summary>The use cases about populations, for a command. Whoever has the data folder may do what an owner may.</summary>
internal sealed class PopulationsFromConsole : IAsyncDisposable
{
    private readonly WorkFromConsole _console;
    private readonly Standings _standings;

    private PopulationsFromConsole(WorkFromConsole console)
    {
        (_console, _standings) = (console, new Standings(console.Data, Catalogue.Shipped, console.Clock, []));
        var engagements = new EngagementBook(console.Work, Catalogue.Shipped, console.Clock);
        Sample = console.Company.Mark;
        Book = new PopulationBook(console.Work, engagements, _standings, console.Company, new SourceLibrary(console.Clock), console.Clock);
        Freezing = new Freezing(Book, console.Work, engagements, console.Logs, console.Company, console.Data, console.Clock);
    }

    public PopulationBook Book { get; }

    public Freezing Freezing { get; }

    /// <summary>The words to begin with when all of it is made up; null for a real company.</summary>
    public string? Sample { get; }

    public static async Task<PopulationsFromConsole> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop) => new(await WorkFromConsole.OpenAsync(parsed, around, stop));

    public async ValueTask DisposeAsync()
    {
        await _standings.DisposeAsync();
        await _console.DisposeAsync();
    }
}

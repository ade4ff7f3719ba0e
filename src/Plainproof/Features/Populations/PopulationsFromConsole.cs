using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Sources;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Populations;

/// <summary>The use cases about populations, for a command. Whoever has the data folder may do what an owner may.</summary>
internal sealed class PopulationsFromConsole : IAsyncDisposable
{
    private readonly CompanyRecords _records;
    private readonly CompanyLogs _logs;
    private readonly Standings _standings;

    private PopulationsFromConsole(DataFolder data, Company company, Standings standings, TimeProvider clock, string by)
    {
        (_records, _logs, _standings) = (new CompanyRecords(data.DatabaseOf(company.Id)), new CompanyLogs(data, clock), standings);
        var (person, current) = (new CurrentPerson(), new CurrentCompany());
        person.Is(new Person { Name = by, Email = by, JoinedAt = company.CreatedAt }, "console");
        current.Is(company, Role.Owner);
        var work = new RecordedWork(_records, _logs, person, current);
        var engagements = new EngagementBook(work, clock);
        Sample = company.IsSample ? SampleMark.Words : null;
        Book = new PopulationBook(work, engagements, standings, current, new SourceLibrary(clock), clock);
        Freezing = new Freezing(Book, work, engagements, _logs, current, data, clock);
    }

    public PopulationBook Book { get; }

    public Freezing Freezing { get; }

    /// <summary>The words to begin with when all of it is made up; null for a real company.</summary>
    public string? Sample { get; }

    public static async Task<PopulationsFromConsole> OpenAsync(ParseResult parsed, Surroundings around)
    {
        var (data, name) = (DataFolder.Open(parsed.GetValue(around.Options.Data)), parsed.GetValue(around.Options.Company)!);
        var by = parsed.GetValue(around.Options.As) ?? Environment.UserName;
        var standings = new Standings(data, Catalogue.Shipped, around.Clock, []);
        var store = await standings.StoreAsync(name);
        return new PopulationsFromConsole(data, new Company { Id = name, Title = name, CreatedAt = around.Clock.GetUtcNow(), CreatedBy = by, SampleSince = store.Sample?.MadeAt }, standings, around.Clock, by);
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        _logs.Dispose();
        await _standings.DisposeAsync();
    }
}

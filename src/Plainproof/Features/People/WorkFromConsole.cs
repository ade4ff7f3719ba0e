using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>
/// The records of a company, for a command. Whoever has the data folder may do what an owner may; in an auditor's room, what the auditor may.
/// </summary>
internal sealed class WorkFromConsole : IAsyncDisposable
{
    private WorkFromConsole(DataFolder data, Company company, TimeProvider clock, string by)
    {
        (Data, Clock, Records, Logs) = (data, clock, new CompanyRecords(data.DatabaseOf(company.Id)), new CompanyLogs(data, clock));
        var person = new CurrentPerson();
        person.Is(new Person { Name = by, Email = by, JoinedAt = company.CreatedAt }, "console");
        Company.Is(company, data.IsRoom ? Role.Auditor : Role.Owner);
        Work = new RecordedWork(Records, Logs, person, Company, clock);
    }

    public DataFolder Data { get; }

    public TimeProvider Clock { get; }

    public CompanyRecords Records { get; }

    public CompanyLogs Logs { get; }

    public CurrentCompany Company { get; } = new();

    public RecordedWork Work { get; }

    /// <exception cref="BadInput">There is no such company.</exception>
    public static Task<WorkFromConsole> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop) =>
        OpenAsync(parsed, around, DataFolder.Open(parsed.GetValue(around.Options.Data)), parsed.GetValue(around.Options.Company)!, stop);

    /// <param name="name">Another company than the options name.</param>
    public static async Task<WorkFromConsole> OpenAsync(ParseResult parsed, Surroundings around, DataFolder data, string name, CancellationToken stop)
    {
        var by = parsed.GetValue(around.Options.As) ?? (data.IsRoom ? Room.RoomAbout.Of(data.Path).Auditor : Environment.UserName);
        var mark = await SampleMark.FindAsync(data.DatabaseOf(name), stop);
        var opened = new WorkFromConsole(data, new Company { Id = name, Title = name, CreatedAt = around.Clock.GetUtcNow(), CreatedBy = by, SampleSince = mark?.MadeAt }, around.Clock, by);
        await opened.Logs.OfAsync(name); // Its tables are made, or brought up to date.
        return opened;
    }

    /// <summary>How people call the company. One that nobody can enter yet has only its name.</summary>
    public async Task<string> TitleAsync(CancellationToken stop)
    {
        await InstallationRecords.MigrateAsync(Data, Clock, stop);
        await using var records = InstallationRecords.Of(Data);
        return await records.Set<Company>().Where(one => one.Id == Company.Name).Select(one => one.Title).SingleOrDefaultAsync(stop) ?? Company.Name;
    }

    public async ValueTask DisposeAsync()
    {
        await Records.DisposeAsync();
        Logs.Dispose();
    }
}

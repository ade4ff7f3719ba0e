using Plainproof.Facts;

namespace Plainproof.Sources.People;

/// <summary>The roster: who works here, as exported from any personnel system.</summary>
internal sealed class PeopleSource(TimeProvider clock) : ISource
{
    private static readonly Permission ReadFile = new("file system", "chmod 600 people.csv", "Plainproof reads the file as you do. Columns that it does not know are not stored.");

    public SourceInfo Info { get; } = new(
        "people", 1, "People",
        "Reads a CSV list of everyone who works or worked here, from any personnel system.",
        "FILE.csv", "people=people.csv",
        [.. RosterColumns.Options, new("dates", "dmy or mdy: how to read 03/04/2026. Needed only when the file holds such dates.")],
        [
            new(Aspect.Of<Person>(), [ReadFile], "name, e-mail, first and last day, manager, title, kind of contract"),
            new(Aspect.Of<PersonRecords>(), [ReadFile], "dates of training, screening, secrecy promise and policy acceptance, when there are such columns"),
        ],
        "Reads one local file, three times, in a stream.")
    { Leads = AddressKind.File };

    public string ScopeOf(Target target)
    {
        var dates = target.Option("dates");
        return dates is null or "dmy" or "mdy"
            ? $"people:{Path.GetFileName((target.Address ?? "").TrimEnd('/'))}"
            : throw new BadTarget($"people: dates={dates} must be dmy (day first) or mdy (month first).");
    }

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        sink.Progress($"reading {target.Address}");
        await using var file = await RosterFile.OpenAsync(target.Address!, stop);
        sink.Principal(Environment.UserName);
        var order = RosterDates.OrderOf(target.Option("dates"));
        var rows = new RosterReading(file, target, order, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var survey = rows.Survey(stop);
        await new RosterTelling(rows, survey, sink, ScopeOf(target), wanted).TellAsync(stop);
    }
}

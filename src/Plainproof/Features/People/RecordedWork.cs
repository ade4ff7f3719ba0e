using System.Text.Json.Nodes;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>What somebody does to the records of the current company: whether they may, that it counts once, and its entry in the evidence log.</summary>
internal sealed class RecordedWork(CompanyRecords records, CompanyLogs logs, CurrentPerson person, CurrentCompany company, TimeProvider clock)
{
    public CompanyRecords Records => records;

    /// <summary>Who does it, for the record.</summary>
    public string By => person.Person.Email;

    /// <summary>When it is done, as it is stored.</summary>
    public DateTimeOffset Now => Micros.Round(clock.GetUtcNow());

    /// <summary>The entry of the log for what they do now; it names them.</summary>
    public Entry Tell(string kind, JsonObject about)
    {
        about["by"] = By;
        return Entry.Create(kind, Now, about);
    }

    /// <summary>Asked here too, not only by the page.</summary>
    /// <param name="what">To stand after "It does not include to".</param>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public void Require(Ability ability, string what) => RequireAny(what, ability);

    /// <summary>The same where one of several opens it.</summary>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public void RequireAny(string what, params ReadOnlySpan<Ability> abilities)
    {
        foreach (var ability in abilities)
            if (company.May(ability))
                return;
        if (company.HeldBack is { } why && abilities.Contains(Ability.WriteTests))
            throw new BadInput(why);
        throw new BadInput($"Your role here is {company.Role.Title().ToLowerInvariant()}. It does not include to {what}. Ask an owner.");
    }

    /// <param name="work">Gives back null when there is nothing to do, because it was done before.</param>
    /// <exception cref="StaleRecord">Somebody else saved a record meanwhile.</exception>
    public Task ActAsync(Func<Task<Entry?>> work, CancellationToken stop) => ActAllAsync(async () => await work() is { } entry ? [entry] : [], stop);

    /// <summary>The same for what one entry cannot hold: all of it, or nothing.</summary>
    /// <param name="work">Gives back none when there is nothing to do.</param>
    /// <exception cref="StaleRecord">Somebody else saved a record meanwhile.</exception>
    public async Task ActAllAsync(Func<Task<IReadOnlyList<Entry>>> work, CancellationToken stop)
    {
        var log = await logs.OfAsync(company.Name);
        var told = await records.WriteAsync(async within =>
        {
            var entries = await work();
            if (entries.Count == 0)
                return false;
            await records.SaveChangesAsync(stop);
            foreach (var entry in entries)
                await log.EnqueueAsync(entry, within, stop);
            return true;
        }, stop);
        if (told)
            await log.SealAsync(stop);
    }

    /// <summary>The mark that a form was given when it was shown, so that sending it twice does no more than once.</summary>
    /// <exception cref="BadInput">It is none.</exception>
    public static string Once(string typed) =>
        Guid.TryParseExact(typed, "D", out var id) ? id.ToString("D") : throw new BadInput("The page was incomplete. Open it again, and send it once more.");
}

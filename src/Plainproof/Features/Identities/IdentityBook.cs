using System.Text.Json.Nodes;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Person = Plainproof.Facts.Person;

namespace Plainproof.Features.Identities;

/// <summary>An account, and who is behind it.</summary>
/// <param name="Said">What a person said of it last; null when nobody did.</param>
internal sealed record KnownAccount(IdentityLink Link, string Scope, Act? Said);

/// <summary>Everybody on the lists of people, and every account that was read.</summary>
/// <param name="NotWhole">Lists of accounts or of people that were not read to their end, or too long ago: there may be more.</param>
internal sealed record KnownAccounts(IReadOnlyList<Dated<Person>> People, IReadOnlyList<KnownAccount> All, IReadOnlyList<Coverage> NotWhole)
{
    /// <summary>Switched on, and nobody is known to be behind them.</summary>
    public IEnumerable<KnownAccount> Orphans => All.Where(one => one.Link is { AccountEnabled: true, Person: null });

    public IEnumerable<KnownAccount> Told => All.Where(one => one.Said is not null);
}

/// <summary>Whose account is whose, as people say it where no system tells. What was said before stays on record.</summary>
internal sealed class IdentityBook(RecordedWork work, CompanyLogs logs, Standings standings, CurrentCompany company, TimeProvider clock)
{
    public async Task<KnownAccounts> AllAsync(CancellationToken stop)
    {
        var store = await standings.StoreAsync(company.Name);
        var stored = await store.ReadAsync(store.Now(clock), stop);
        var facts = Snapshot.Of(stored.Facts, [.. stored.Coverage.Select(line => Staleness.Judge(line, store.Now(clock)))], stored.Acts, CheckLibrary.Derivations);
        var said = facts.Acts(IdentityLink.Confirmed).Concat(facts.Acts(IdentityLink.Service)).OrderBy(act => act.RecordedAt).GroupBy(act => act.Subject, StringComparer.Ordinal).ToDictionary(acts => acts.Key, acts => acts.Last(), StringComparer.Ordinal);
        return new KnownAccounts(
            [.. facts.Of<Person>().OrderBy(person => person.Value.Name, StringComparer.Ordinal)],
            [.. facts.Of<IdentityLink>().Select(link => new KnownAccount(link.Value, link.Scope, said.GetValueOrDefault(link.Subject))).OrderBy(one => one.Scope, StringComparer.Ordinal).ThenBy(one => one.Link.AccountName, StringComparer.Ordinal)],
            [.. facts.Coverage(Aspect.Of<Account>()).Concat(facts.Coverage(Aspect.Of<Person>())).Where(line => line.State != Completeness.Complete)]);
    }

    /// <param name="account">The subject of the account.</param>
    /// <param name="owner">The address of somebody on the lists of people.</param>
    /// <param name="isService">It is nobody's own, and the owner answers for it.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task SayAsync(string account, string owner, bool isService, CancellationToken stop)
    {
        work.Require(Ability.Work, "say whose account it is");
        var known = await AllAsync(stop);
        var problems = new List<string>();
        var found = known.All.FirstOrDefault(one => one.Link.Account == account);
        if (found is null)
            problems.Add($"No account '{account}' was read.");
        var person = known.People.FirstOrDefault(one => one.Value.Email.Equals(owner.Trim(), StringComparison.OrdinalIgnoreCase));
        if (person is null)
            problems.Add(owner.Trim().Length == 0 ? "Name the person by their address." : $"Nobody with the address '{owner}' is on your list of people.");
        if (problems.Count > 0)
            throw new BadInput(problems);
        var (verb, now) = (isService ? IdentityLink.Service : IdentityLink.Confirmed, Micros.Round(clock.GetUtcNow()));
        if (found!.Said is { } before && before.Verb == verb && before.Says == person!.Value.Email)
            return;
        var (store, log) = (await standings.StoreAsync(company.Name), await logs.OfAsync(company.Name));
        var entry = Entry.Create(verb, now, new JsonObject { ["subject"] = account, ["by"] = work.By, ["says"] = person!.Value.Email });
        await store.AddActAsync(new Act(verb, account, work.By, now, now, Says: person.Value.Email), async (_, within) => await log.EnqueueAsync(entry, within, stop), stop, entry.Id.ToString());
        await log.SealAsync(stop);
    }
}

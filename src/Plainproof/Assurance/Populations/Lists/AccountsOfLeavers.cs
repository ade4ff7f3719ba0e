using Plainproof.Checks.People;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>
/// Whether every account of somebody who left went off in time, by the company's number of the check on leavers. That check judges how
/// things stand on one day; here the readings after the last day are looked at one by one.
/// </summary>
internal sealed class AccountsOfLeavers(Ground ground)
{
    private const string Question = "Every account of the person was off in time";
    private readonly int _allowed = (int)ground.Number("leavers-lose-access", "workingDays");
    private readonly Dictionary<string, Course<Account>> _accounts = ground.Facts.Of<Account>().DistinctBy(course => course.Subject, StringComparer.Ordinal).ToDictionary(course => course.Subject, StringComparer.Ordinal);
    private readonly ILookup<string, DateTimeOffset> _looks = ground.Facts.LooksAt(Aspect.Of<Account>()).Where(look => look.IsWhole).ToLookup(look => look.Line.Scope, look => look.At, StringComparer.Ordinal);
    private readonly ILookup<string, IdentityLink> _links = ground.Snapshot.Of<IdentityLink>().Select(link => link.Value)
        .Where(link => link.Person is not null && link.How != "service register").ToLookup(link => link.Person!, StringComparer.Ordinal);

    public IEnumerable<Finding> Of(Item item)
    {
        var person = (Person)item.Told.Fact.Untyped;
        var late = FirstLateDay(person.LeftOn!.Value);
        var findings = _links[item.Subject].Select(link => Of(person, _accounts[link.Account], late)).ToList();
        if (Unseen(late) is { } unseen)
            findings.Add(new Finding(Question, Verdict.CouldNotTell, unseen));
        return findings.Count > 0 ? findings : [new Finding(Question, Verdict.Met, $"{person.Name} has no account in any system that was read.")];
    }

    private Finding Of(Person person, Course<Account> account, DateTimeOffset late)
    {
        var name = $"{account.Newest.Value.Name} in {account.Scope}";
        var seenOn = _looks[account.Scope].LastOrDefault(look => account.At(look)?.Value.Enabled == true);
        var off = seenOn == default ? account.FirstSeen
            : account.Versions.FirstOrDefault(told => told.Version.FirstSeen > seenOn)?.Version.FirstSeen ?? (account.GoneAt > seenOn ? account.GoneAt : null);
        return seenOn >= late ? new Finding(Question, Verdict.NotMet, $"{name} was still on at {Cell.Of(seenOn)}. {person.Name} left on {Cell.Of(person.LeftOn)}; {_allowed} working days are allowed.")
            : off < late ? new Finding(Question, Verdict.Met, $"{name} was off or gone at {Cell.Of(off)}. {person.Name} left on {Cell.Of(person.LeftOn)}.")
            : off is not null ? new Finding(Question, Verdict.CouldNotTell, $"{name} was {(seenOn == default ? "off when it was first read" : $"still on at {Cell.Of(seenOn)} and off")} at {Cell.Of(off)}. Nobody looked between.")
            : ground.Facts.AsOf < late ? new Finding(Question, Verdict.NotAsked, $"{name} is on, and there is still time until {Cell.Of(late)}.")
            : new Finding(Question, Verdict.CouldNotTell, $"{name} was last seen at {Cell.Of(seenOn)}, still on. Nobody looked since.");
    }

    /// <summary>Law 1: a system with accounts that nobody could read in full after the day may hold one more.</summary>
    private string? Unseen(DateTimeOffset late)
    {
        var newest = ground.Facts.LooksAt(Aspect.Of<Account>()).GroupBy(look => look.Line.Scope, StringComparer.Ordinal).ToList();
        if (newest.Count == 0)
            return "No system is connected that tells of accounts.";
        return ground.Facts.AsOf < late ? null
            : newest.FirstOrDefault(scope => !scope.Any(look => look.IsWhole && look.At >= late)) is { } unseen ? $"The accounts of {unseen.Key} were not read in full since {Cell.Of(late)}."
            : null;
    }

    private DateTimeOffset FirstLateDay(DateOnly left)
    {
        var day = left.AddDays(1);
        while (Tenure.WorkingDaysAfter(left, day) <= _allowed)
            day = day.AddDays(1);
        return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
    }
}

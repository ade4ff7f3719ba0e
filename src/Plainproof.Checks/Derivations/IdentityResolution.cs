using Plainproof.Facts;

namespace Plainproof.Checks.Derivations;

/// <summary>
/// Finds the person behind every account: what a person confirmed, the service register, the directory's stable id, the address.
/// Likeness of names is only ever a hint. Two people with one address give no link.
/// </summary>
internal sealed class IdentityResolution : IDerivation
{
    public string Name => "identity-resolution";

    public int Version => 1;

    public IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<Account>(), Aspect.Of<Person>()];

    public Aspect Yields => Aspect.Of<IdentityLink>();

    public IEnumerable<Derived> Derive(IFacts facts)
    {
        var people = new PeopleIndex(facts.Of<Person>());
        var said = new Dictionary<string, Act>(StringComparer.Ordinal);
        foreach (var act in facts.Acts(IdentityLink.Confirmed).Concat(facts.Acts(IdentityLink.Service)).OrderBy(act => act.RecordedAt))
            said[act.Subject] = act;
        foreach (var account in facts.Of<Account>())
        {
            var (how, person, note) = said.TryGetValue(account.Subject, out var act) ? FromAct(act, people) : FromSystem(account, people);
            yield return new Derived(account.Subject, account.Scope, new IdentityLink(
                account.Subject, account.Value.Name, account.Value.Enabled, how, person?.Subject, person?.Value.Name, note));
        }
    }

    private static (string How, Dated<Person>? Person, string? Note) FromAct(Act act, PeopleIndex people)
    {
        var person = people.Named(act.Says);
        var how = act.Verb == IdentityLink.Service ? "service register" : "confirmed";
        return (how, person, person is null ? $"The person named for it is not in the roster: {act.Says ?? "nobody"}." : null);
    }

    private static (string How, Dated<Person>? Person, string? Note) FromSystem(Dated<Account> account, PeopleIndex people)
    {
        if (account.Value.DirectorySubject is { } id && people.WithDirectorySubject(id) is { Count: > 0 } known)
            return known.Count == 1 ? ("directory subject", known[0], null) : ("none", null, Several("directory id", known));
        if (account.Value.Email is not { Length: > 0 } email || people.WithEmail(email) is not { Count: > 0 } found)
            return ("none", null, people.LikeName(account.Value) is { } like ? $"The name is like that of {like.Value.Name}. If it is theirs, confirm the match." : null);
        if (found.Count > 1)
            return ("none", null, Several("address", found));
        if (account.Value.EmailVerified)
            return ("email", found[0], null);
        return IsRunByTheCompany(account.Scope)
            ? ("email, as the company's own administrators set it", found[0], null)
            : ("none", null, $"It has the address of {found[0].Value.Name}, but nobody vouches for that address. Confirm the match.");
    }

    /// <summary>Where the company's own administrators fill in the address. Elsewhere anyone may type the address of another.</summary>
    private static bool IsRunByTheCompany(string scope) => scope.Split(':')[0] is "directory" or "host" or "postgresql";

    private static string Several(string what, IReadOnlyList<Dated<Person>> people) =>
        $"{people.Count} people have this {what}: {string.Join(", ", people.Select(person => person.Value.Name))}. Correct the roster, or confirm the match.";
}

using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>What people confirm goes before what systems tell, and everyone in two rosters stays one person.</summary>
public sealed class PeopleIdentityTests
{
    private const string Scope = "directory:d";

    private static readonly DateTimeOffset Day = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_confirmed_match_makes_a_link_and_a_later_one_replaces_it()
    {
        var link = LinkOf(
            Account("hans", email: "eli@x.com"),
            Act("identity.confirmed", "hans", "people:p/person/eli@x.com", 1), Act("identity.confirmed", "hans", "people:p/person/ann@x.com", 2));

        Assert.Equal(("confirmed", "Ann Lee"), (link.How, link.PersonName));
    }

    [Fact]
    public void The_service_register_names_an_owner_by_address()
    {
        var link = LinkOf(Account("backup"), Act("identity.service", "backup", "ann@x.com", 1));

        Assert.Equal(("service register", "people:p/person/ann@x.com"), (link.How, link.Person));
    }

    [Fact]
    public void An_owner_who_is_not_in_the_roster_is_no_owner()
    {
        var link = LinkOf(Account("backup"), Act("identity.service", "backup", "ghost@x.com", 1));

        Assert.Null(link.Person);
        Assert.Contains("not in the roster: ghost@x.com", link.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann.lee")]
    [InlineData("alee")]
    [InlineData("Lee, Ann")]
    public void A_like_name_is_a_hint_and_never_a_link(string name)
    {
        var link = LinkOf(Account("x1", display: name));

        Assert.Null(link.Person);
        Assert.Contains("Ann Lee", link.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contractor_who_was_taken_on_is_current_though_the_old_roster_says_left()
    {
        var link = LinkOf(Account("con", email: "con@x.com", verified: true));

        Assert.Equal("people:p/person/con@x.com", link.Person);
    }

    private static IdentityLink LinkOf(Account account, params Act[] acts)
    {
        var people = new[]
        {
            Fact("people:p/person/ann@x.com", "people:p", new Person("Ann Lee", "ann@x.com", new DateOnly(2020, 1, 1))),
            Fact("people:p/person/eli@x.com", "people:p", new Person("Eli Roe", "eli@x.com", new DateOnly(2020, 1, 1))),
            Fact("people:p/person/con@x.com", "people:p", new Person("Con Day", "con@x.com", new DateOnly(2026, 1, 1))),
            Fact("people:old/person/con@x.com", "people:old", new Person("Con Day", "con@x.com", new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31))),
        };
        var snapshot = Snapshot.Of(
            [.. people, Fact($"{Scope}/account/{account.Name}", Scope, account)],
            [Complete<Account>(Scope), Complete<Person>("people:p"), Complete<Person>("people:old")], acts, CheckLibrary.Derivations);
        return Assert.Single(snapshot.Of<IdentityLink>()).Value;
    }

    private static Account Account(string name, string? email = null, bool verified = false, string? display = null) =>
        new(name, Enabled: true, DisplayName: display, Email: email, EmailVerified: verified);

    private static Act Act(string verb, string account, string says, int hour) =>
        new(verb, $"{Scope}/account/{account}", "lead@x.com", Day, Day.AddHours(hour), Says: says);

    private static Dated Fact<T>(string subject, string scope, T value) where T : notnull =>
        new Dated<T>(subject, scope, value, Day, Day, new Pointer(default, "/"));

    private static Coverage Complete<T>(string scope) => new(Aspect.Of<T>(), scope, Completeness.Complete, Read: 1, Expected: 1);
}

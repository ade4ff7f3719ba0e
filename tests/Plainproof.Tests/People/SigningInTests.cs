using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Features.People.SigningIn;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.People;

public sealed class SigningInOnSqlite() : SigningInTests(false);

public sealed class SigningInOnPostgresql() : SigningInTests(true);

public abstract partial class SigningInTests(bool postgresql)
{
    [Fact]
    public async Task The_console_tells_how_the_first_owner_joins_and_the_link_works_once()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var link = Office.LinkIn(Assert.Single(office.Said));
        var olga = await office.FirstOwnerAsync();
        Assert.Contains("Acme GmbH", (await olga.GetAsync("/companies")).Text, StringComparison.Ordinal);
        Assert.Contains("does not work any more", (await office.Visit().GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Contains("does not work any more", (await office.Visit().GetAsync("/first-owner?token=guessed")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_stays_when_the_password_is_too_weak()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = office.Visit();
        var page = await olga.SubmitAsync(await olga.GetAsync(Office.LinkIn(office.Said[0])), [("name", "Olga & Co"), ("email", Office.Owner), ("password", "short"), ("company", "Acme")]);
        Assert.Contains("at least 12 characters", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Olga &amp; Co\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Acme\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"short\"", page.Html, StringComparison.Ordinal);
        Assert.Equal("/companies", (await olga.SubmitAsync(page, [("name", "Olga"), ("email", Office.Owner), ("password", Office.Password), ("company", "Acme")])).Address.AbsolutePath);
    }

    [Fact]
    public async Task An_unknown_person_and_a_wrong_password_get_the_same_answer_in_about_the_same_time()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        await office.SignInAsync(Office.Owner, "warm up the machine");
        var (known, knownTook) = await TimedAsync(() => office.SignInAsync(Office.Owner, "wrong password here"));
        var (unknown, unknownTook) = await TimedAsync(() => office.SignInAsync("nobody@acme.example", "wrong password here"));
        Assert.Equal((known.Status, Without(known, Office.Owner)), (unknown.Status, Without(unknown, "nobody@acme.example")));
        Assert.Contains("That did not work", known.Text, StringComparison.Ordinal);
        Assert.All([knownTook, unknownTook], took => Assert.True(took.TotalMilliseconds >= 590, $"{took}"));
        Assert.Equal("/companies", (await office.SignInAsync(Office.Owner, Office.Password)).Page.Address.AbsolutePath);
    }

    [Fact]
    public async Task After_ten_failures_the_account_rests_and_says_nothing_of_it()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        var visitor = office.Visit();
        for (var i = 0; i < 10; i++)
            await Office.SignInAsync(visitor, Office.Owner, $"wrong password {i}");
        var right = await Office.SignInAsync(visitor, Office.Owner.ToUpperInvariant(), Office.Password);
        Assert.Equal("/sign-in", right.Address.AbsolutePath);
        Assert.Contains("That did not work", right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_tries_in_a_minute_are_refused_before_they_are_looked_at()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var visitor = office.Visit();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 13; i++)
            answers.Add((await Office.SignInAsync(visitor, "nobody@acme.example", "wrong password")).Status);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (answers[11], answers[12]));
    }

    [Theory]
    [InlineData("/me", "/me")]
    [InlineData("//evil.example/", "/companies")]
    [InlineData("/\\evil.example", "/companies")]
    [InlineData("https://evil.example/", "/companies")]
    public async Task After_signing_in_one_lands_on_this_site_only(string then, string landed)
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        var (_, page) = await office.SignInAsync(Office.Owner, Office.Password, then);
        Assert.Equal((office.Site.Address.Authority, landed), (page.Address.Authority, page.Address.AbsolutePath));
    }

    [Fact]
    public async Task The_cookie_is_for_the_browser_and_this_site_only()
    {
        await using var office = await Office.OpenAsync(postgresql);
        await office.FirstOwnerAsync();
        var visitor = office.Visit(follow: false);
        var done = await Office.SignInAsync(visitor, Office.Owner, Office.Password);
        var cookie = Assert.Single(done.Headers["Set-Cookie"].Split(", "), one => one.StartsWith("plainproof.session", StringComparison.Ordinal) || one.Contains(" plainproof.session", StringComparison.Ordinal));
        Assert.Contains("httponly", done.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", done.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(cookie);
    }

    [Fact]
    public async Task A_code_of_the_second_step_works_once_and_so_does_a_recovery_code()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var setUp = await olga.SubmitAsync(await olga.GetAsync("/me"), [], "value=\"begin\"");
        var key = Key().Match(setUp.Html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(32, key.Length);
        Assert.Contains("did not fit", (await olga.SubmitAsync(setUp, [("code", "000000")], "value=\"confirm\"")).Text, StringComparison.Ordinal);
        var on = await olga.SubmitAsync(setUp, [("code", OnceOnlyCodes.CodeAt(key, office.Clock.GetUtcNow()))], "value=\"confirm\"");
        var recovery = Codes().Matches(on.Html).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(10, recovery.Count);

        office.Clock.Shift = TimeSpan.FromMinutes(2);
        var code = OnceOnlyCodes.CodeAt(key, office.Clock.GetUtcNow());
        Assert.Equal("/companies", (await SecondStepAsync(office, code)).Address.AbsolutePath);
        Assert.Contains("That code did not work", (await SecondStepAsync(office, code)).Text, StringComparison.Ordinal);
        Assert.Equal("/companies", (await SecondStepAsync(office, recovery[0].ToLowerInvariant())).Address.AbsolutePath);
        Assert.Contains("That code did not work", (await SecondStepAsync(office, recovery[0])).Text, StringComparison.Ordinal);
        Assert.Contains("9 recovery codes are left", (await olga.GetAsync("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_send_one_code_at_once_do_not_both_get_in()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var setUp = await olga.SubmitAsync(await olga.GetAsync("/me"), [], "value=\"begin\"");
        var key = Key().Match(setUp.Html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        await olga.SubmitAsync(setUp, [("code", OnceOnlyCodes.CodeAt(key, office.Clock.GetUtcNow()))], "value=\"confirm\"");
        office.Clock.Shift = TimeSpan.FromMinutes(2);
        var pages = new List<(Visitor Visitor, Seen Page)>();
        for (var i = 0; i < 4; i++)
            pages.Add(await office.SignInAsync(Office.Owner, Office.Password));
        var code = OnceOnlyCodes.CodeAt(key, office.Clock.GetUtcNow());
        var landed = await Task.WhenAll(pages.Select(one => one.Visitor.SubmitAsync(one.Page, [("code", code)], "value=\"code\"")));
        Assert.Single(landed, page => page.Address.AbsolutePath == "/companies");
    }

    [Fact]
    public async Task A_session_is_listed_and_ends_at_once_when_its_owner_says_so()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var (phone, _) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.Equal("/me", (await phone.GetAsync("/me")).Address.AbsolutePath);
        var me = await olga.GetAsync("/me");
        Assert.Contains("by password", me.Text, StringComparison.Ordinal);
        await olga.SubmitAsync(me, [], "value=\"end-others\"");
        Assert.Equal("/sign-in", (await phone.GetAsync("/me")).Address.AbsolutePath);
        Assert.Equal("/me", (await olga.GetAsync("/me")).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_new_password_signs_other_browsers_out_and_a_copied_cookie_is_worth_nothing_after_signing_out()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var (phone, _) = await office.SignInAsync(Office.Owner, Office.Password);
        await olga.SubmitAsync(await olga.GetAsync("/me"), [("present", Office.Password), ("password", "a wholly other secret")], "value=\"password\"");
        Assert.Equal("/sign-in", (await phone.GetAsync("/me")).Address.AbsolutePath);
        Assert.Equal("/companies", (await office.SignInAsync(Office.Owner, "a wholly other secret")).Page.Address.AbsolutePath);

        Assert.Equal("/sign-in", (await olga.SubmitAsync(await olga.GetAsync("/me"), [], "action=\"/sign-out\"")).Address.AbsolutePath);
        Assert.Equal("/sign-in", (await olga.GetAsync("/me")).Address.AbsolutePath);
    }

    [Fact]
    public async Task What_was_typed_is_kept_when_the_session_had_ended_and_for_its_owner_only()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        var page = await olga.GetAsync("/companies");
        office.Clock.Shift = TimeSpan.FromHours(13);
        var asked = await olga.SubmitAsync(page, [("title", "Typed \"long\" ago"), ("role", "adviser")], "value=\"new\"");
        Assert.Equal("/sign-in", asked.Address.AbsolutePath);
        Assert.Contains("What you typed is kept", asked.Text, StringComparison.Ordinal);
        var kept = await olga.SubmitAsync(asked, [("email", Office.Owner), ("password", Office.Password)], "value=\"password\"");
        Assert.Contains("What you typed is here", kept.Text, StringComparison.Ordinal);
        var bob = await office.JoinAsync(olga, "bob@acme.example", "member");
        Assert.DoesNotContain("long", (await bob.GetAsync(kept.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        var sent = await olga.SubmitAsync(kept, [], "action=\"/companies\"");
        Assert.Contains("Typed \"long\" ago", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        using var answer = await olga.Client.PostAsync("/companies", new FormUrlEncodedContent([KeyValuePair.Create("_handler", "new"), KeyValuePair.Create("title", "Forged")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("Forged", (await olga.GetAsync("/companies")).Text, StringComparison.Ordinal);
        using var signOut = await olga.Client.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, signOut.StatusCode);
    }

    private static async Task<Seen> SecondStepAsync(Office office, string code)
    {
        var (visitor, page) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.Contains("Code of your authenticator app", page.Text, StringComparison.Ordinal);
        return await visitor.SubmitAsync(page, [("code", code)], "value=\"code\"");
    }

    private static async Task<(Seen Page, TimeSpan Took)> TimedAsync(Func<Task<(Visitor, Seen Page)>> work)
    {
        var clock = Stopwatch.StartNew();
        var (_, page) = await work();
        return (page, clock.Elapsed);
    }

    private static string Without(Seen page, string typed) => Token().Replace(page.Html.Replace(typed, "", StringComparison.Ordinal), "");

    [GeneratedRegex("<code>((?:[A-Z2-7]{4} ?){8})</code>")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>([^<]+)</code></li>")]
    private static partial Regex Codes();

    [GeneratedRegex("name=\"form-token\" value=\"[^\"]*\"|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Token();
}

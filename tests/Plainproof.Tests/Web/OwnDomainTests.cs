using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Tests.Learn;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Sources;
using Xunit;

namespace Plainproof.Tests.Web;

/// <summary>A visitor without an account has the own domain read: against real name servers, web and mail servers, and attacked.</summary>
[Collection(nameof(DomainWorld))]
public sealed partial class OwnDomainTests(DomainWorld world)
{
    private const string Begin = "/advisor/domain";
    private const string Proof = "/advisor/domain/proof";
    private const string Result = "/advisor/domain/seen";
    private const string Lab = ", \"allow-private\": \"true\"";

    [Fact]
    public async Task Before_the_proof_nothing_of_the_domain_is_asked_but_the_proof()
    {
        using var dns = RecordingDns.Before(DomainWorld.ValidatingDns);
        await using var site = await OpenAsync(Lab, dns.Port);
        using var visitor = site.Visit();
        var page = await BeginAsync(visitor, "selfsigned.test");
        Assert.Empty(dns.Asked);

        var refused = await visitor.SubmitAsync(page, [], "value=\"record\"");

        Assert.Contains("The record is not there yet. Nothing of the domain was read.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(["_plainproof-challenge.selfsigned.test"], dns.Asked.Distinct());
        Assert.Contains("There is no result here any more", (await visitor.GetAsync(Result)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shown_by_dns_each_planted_flaw_is_found_with_its_fix_and_nothing_is_kept()
    {
        await using var site = await OpenAsync(Lab);
        using var visitor = site.Visit();
        var seen = await ReadByRecordAsync(visitor, "bare.test");

        foreach (var flaw in (string[])["serves pages over plain HTTP", "does not tell browsers", "has no DMARC record", "has no SPF record", "no CAA record", "has 1 name server", "are not signed", "in 20 days", "not locked"])
            Assert.Contains(flaw, seen.Text, StringComparison.Ordinal);
        Assert.Contains("How to fix it:", seen.Text, StringComparison.Ordinal);
        Assert.Contains("not tested: not proven to be all", seen.Text, StringComparison.Ordinal);
        Assert.Contains("not evidence: nothing was sealed", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1:", seen.Text, StringComparison.Ordinal);
        var transcript = await visitor.GetAsync(Regex.Match(seen.Html, "href=\"(/advisor/domain/seen/[^\"]+)\"").Groups[1].Value);
        Assert.Contains("\"dns\":", transcript.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(site.Data, "*", SearchOption.AllDirectories), file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains("bare.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_healthy_domain_is_accused_of_nothing()
    {
        await using var site = await OpenAsync(Lab);
        using var visitor = site.Visit();
        var seen = await ReadByRecordAsync(visitor, "healthy.test", selectors: "s1, ed");

        Assert.Contains("Nothing that was looked at is wrong.", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing. Every check had all it needed.", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("How to fix it", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_shows_it_beside_the_claims_and_neither_becomes_the_other()
    {
        await using var site = await OpenAsync(Lab);
        using var visitor = site.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S05"), [("Option", "6-20")], "answers");
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/G01"), [("Option", "no")], "answers");
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/E02"), [("Option", "tested")], "answers");
        var before = Figures(await visitor.GetAsync("/advisor/result"));
        await ReadByRecordAsync(visitor, "bare.test");

        var result = await visitor.GetAsync("/advisor/result");

        Assert.Contains("What bare.test shows", result.Text, StringComparison.Ordinal);
        Assert.Contains("gaps that bare.test shows", result.Text, StringComparison.Ordinal);
        Assert.Contains("What you say is a claim, not evidence.", result.Text, StringComparison.Ordinal);
        Assert.Contains("“Is all web and API traffic encrypted with current settings?” What was seen is about the same control.", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rect class=\"good\"", result.Html, StringComparison.Ordinal);
        Assert.Equal(before[0], Figures(result)[0]); // Gaps from answers stay what they were.

        var shared = await visitor.SubmitAsync(result, [], "share");
        Assert.DoesNotContain("bare.test", shared.Text, StringComparison.Ordinal);
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor"), [], "forget");
        Assert.Contains("There is no result here any more", (await visitor.GetAsync(Result)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_checks_turn_no_criterion_and_no_claim_green()
    {
        await using var site = await OpenAsync(Lab);
        using var visitor = site.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/advisor/q/S05"), [("Option", "6-20")], "answers");
        var before = Bars(await visitor.GetAsync("/advisor/result"));
        await ReadByRecordAsync(visitor, "healthy.test", selectors: "s1");

        Assert.Equal(before, Bars(await visitor.GetAsync("/advisor/result")));
    }

    [Fact]
    public async Task The_text_of_one_visitor_is_worth_nothing_to_another_or_for_another_domain_or_when_it_is_old()
    {
        var clock = new SteppedClock();
        await using var site = await OpenAsync(Lab, change: settings => settings with { Clock = clock });
        using var one = site.Visit();
        using var other = site.Visit();
        var page = await BeginAsync(one, "legacy.test");
        Publish(page, "legacy.test");

        var stolen = await other.SubmitAsync(await BeginAsync(other, "legacy.test"), [], "value=\"record\"");
        Assert.Contains("its text is another one. Nothing of the domain was read.", stolen.Text, StringComparison.Ordinal);
        Assert.Contains("The record is not there yet", (await one.SubmitAsync(await BeginAsync(one, "expired.test"), [], "value=\"record\"")).Text, StringComparison.Ordinal);
        Assert.Contains("its text is another one", (await one.SubmitAsync(await BeginAsync(one, "legacy.test"), [], "value=\"record\"")).Text, StringComparison.Ordinal);

        var last = await BeginAsync(one, "legacy.test");
        Publish(last, "legacy.test");
        clock.Now += TimeSpan.FromDays(4);
        var late = await one.SubmitAsync(last, [], "value=\"record\"");
        Assert.Contains("Nothing is under way in this browser.", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_to_a_fixed_address_shows_it_too_once_and_only_in_the_browser_that_asked()
    {
        using var mail = MailSink.Start();
        await using var site = await OpenAsync(Lab, mail: mail.Port);
        using var visitor = site.Visit();
        using var other = site.Visit();
        var page = await BeginAsync(visitor, "shorthsts.test");
        Assert.Contains("Choose one of the addresses.", (await visitor.SubmitAsync(page, [("mailbox", "me")], "value=\"letter\"")).Text, StringComparison.Ordinal);

        var sent = await visitor.SubmitAsync(page, [("mailbox", "postmaster")], "value=\"letter\"");
        Assert.Contains("A letter went to postmaster@shorthsts.test", sent.Text, StringComparison.Ordinal);
        var letter = (await mail.LetterAsync()).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        Assert.Contains("To: postmaster@shorthsts.test", letter, StringComparison.Ordinal);
        var code = Code().Match(letter).Groups[1].Value;
        Assert.Contains($"value=\"{code}\"", (await visitor.GetAsync($"{Proof}?code={code}")).Html, StringComparison.Ordinal);

        Assert.Contains("Nothing is under way in this browser.", (await other.GetAsync($"{Proof}?code={code}")).Text, StringComparison.Ordinal);
        var theirs = await other.SubmitAsync(await BeginAsync(other, "shorthsts.test"), [("mailbox", "postmaster")], "value=\"letter\"");
        Assert.Contains("That code does not work here.", (await other.SubmitAsync(theirs, [("code", code)], "value=\"code\"")).Text, StringComparison.Ordinal);
        Assert.Contains("That code does not work here.", (await visitor.SubmitAsync(sent, [("code", "ABCDEFGHJK")], "value=\"code\"")).Text, StringComparison.Ordinal);

        var reading = await visitor.SubmitAsync(sent, [("code", $" {code.ToLowerInvariant()[..5]} {code[5..]}")], "value=\"code\"");
        Assert.Equal(Result, reading.Address.AbsolutePath);
        Assert.Contains("only for now (status 302)", (await DoneAsync(visitor)).Text, StringComparison.Ordinal);
        Assert.Contains("That code does not work here.", (await visitor.SubmitAsync(sent, [("code", code)], "value=\"code\"")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_are_offered_only_with_a_mail_server_and_nobody_can_bomb_a_domain_with_them()
    {
        await using (var without = await OpenAsync(Lab))
        {
            using var visitor = without.Visit();
            var page = await BeginAsync(visitor, "bare.test");
            Assert.DoesNotContain("By a letter", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("mailbox", page.Html, StringComparison.Ordinal);
        }

        using var mail = MailSink.Start();
        await using var site = await OpenAsync(Lab, mail: mail.Port);
        Seen answer = null!;
        for (var i = 0; i < 6; i++)
        {
            using var visitor = site.Visit(); // Without its cookie it is still the same network, and the names are of one domain.
            answer = await visitor.SubmitAsync(await BeginAsync(visitor, $"n{i}.bare.test"), [("mailbox", "admin")], "value=\"letter\"");
            Assert.Equal(i < 5, answer.Text.Contains("A letter went to", StringComparison.Ordinal));
        }

        Assert.Contains("Enough letters were sent for now", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_of_a_code_run_out()
    {
        using var mail = MailSink.Start();
        await using var site = await OpenAsync(Lab, mail: mail.Port);
        using var visitor = site.Visit();
        var sent = await visitor.SubmitAsync(await BeginAsync(visitor, "bare.test"), [("mailbox", "admin")], "value=\"letter\"");
        for (var i = 0; i < 10; i++)
            await visitor.SubmitAsync(sent, [("code", "WRONGWRONG")], "value=\"code\"");
        var code = Code().Match((await mail.LetterAsync()).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Groups[1].Value;

        Assert.Contains("That code does not work here.", (await visitor.SubmitAsync(sent, [("code", code)], "value=\"code\"")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_lead_into_a_network_of_ours_are_not_contacted_and_pass_nothing()
    {
        using var inside = new Tripwires();
        await using var site = await OpenAsync("");
        using var visitor = site.Visit();
        var seen = await ReadByRecordAsync(visitor, "hidden.test");

        Assert.Equal(0, inside.Touched);
        Assert.Contains("points at the private address", seen.Text, StringComparison.Ordinal);
        Assert.Contains("so it was not contacted", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-private", seen.Text, StringComparison.Ordinal);
        foreach (var check in CheckLibrary.All.Where(check => check.Info.Id is "web-tls-versions" or "web-certificate" or "web-redirect" or "web-hsts" or "web-headers" or "mail-starttls"))
        {
            Assert.DoesNotContain($"id=\"{check.Info.Id}\"", seen.Html, StringComparison.Ordinal);
            Assert.Contains($"{check.Info.Title}. not tested: no connection", seen.Text, StringComparison.Ordinal);
        }

        await using var lab = await OpenAsync(Lab + ", \"timeout\": \"2\"");
        using var tester = lab.Visit();
        await ReadByRecordAsync(tester, "hidden.test");
        Assert.Equal(3, inside.Touched); // Where whoever runs the site lifts the guard, each of the three is reached: so the guard is what held.
    }

    [Fact]
    public async Task Where_one_address_is_allowed_a_redirect_a_mail_server_and_a_second_address_still_lead_nowhere()
    {
        using var inside = new Tripwires();
        await using var site = await OpenAsync(", \"allow-networks\": \"127.0.0.16/28\"");
        using var visitor = site.Visit();
        var seen = await ReadByRecordAsync(visitor, "inward.test");

        Assert.Equal(0, inside.Touched);
        Assert.Contains("inside.inward.test points at the private address 127.0.0.99, so it was not contacted", seen.Text, StringComparison.Ordinal);
        Assert.Contains("mail.inward.test points at the private address 127.0.0.99, so it was not contacted", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_twice_it_is_read_once_and_a_day_long_again_without_a_new_proof()
    {
        var clock = new SteppedClock();
        await using var site = await OpenAsync(Lab, change: settings => settings with { Clock = clock });
        using var visitor = site.Visit();
        var page = await BeginAsync(visitor, "plain.test");
        Publish(page, "plain.test");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => visitor.SubmitAsync(page, [], "value=\"record\"")));
        var seen = await DoneAsync(visitor);
        Assert.Contains("answers only over plain HTTP", seen.Text, StringComparison.Ordinal);

        Assert.Equal(Result, (await visitor.SubmitAsync(seen, [], "value=\"again\"")).Address.AbsolutePath);
        await DoneAsync(visitor);
        clock.Now += TimeSpan.FromHours(13);
        Assert.Contains("There is no result here any more", (await visitor.GetAsync(Result)).Text, StringComparison.Ordinal);
        Assert.Contains("You have shown it.", (await visitor.GetAsync(Proof)).Text, StringComparison.Ordinal);
        clock.Now += TimeSpan.FromHours(12);
        Assert.Contains("By a DNS record", (await visitor.GetAsync(Proof)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_most_four_are_read_at_once_and_who_comes_fifth_keeps_the_proof()
    {
        await using var site = await OpenAsync(Lab + ", \"timeout\": \"4\"");
        var visitors = Enumerable.Range(0, 5).Select(_ => site.Visit()).ToList();
        var pages = new List<Seen>();
        foreach (var visitor in visitors)
            pages.Add(await BeginAsync(visitor, "silent.test"));
        pages.ForEach(page => Publish(page, "silent.test"));
        var answers = new List<Seen>();
        foreach (var (visitor, page) in visitors.Zip(pages))
            answers.Add(await visitor.SubmitAsync(page, [], "value=\"record\""));

        Assert.All(answers[..4], answer => Assert.Equal(Result, answer.Address.AbsolutePath));
        Assert.Contains("4 domains are being read just now. Try again in a minute.", answers[4].Text, StringComparison.Ordinal);
        var seen = await DoneAsync(visitors[0]);
        Assert.Contains("not tested: no answer in time", seen.Text, StringComparison.Ordinal);
        var again = await visitors[4].GetAsync(Proof);
        Assert.Contains("You have shown it.", again.Text, StringComparison.Ordinal);
        await visitors[4].SubmitAsync(again, [], "value=\"read\"");
        Assert.Contains("silent.test, seen from outside", (await DoneAsync(visitors[4])).Text, StringComparison.Ordinal);
        visitors.ForEach(visitor => visitor.Dispose());
    }

    [Fact]
    public async Task A_company_is_offered_to_connect_the_domain_and_gets_claims_only()
    {
        await using var office = await Office.OpenAsync(postgresql: false);
        var olga = await office.FirstOwnerAsync();
        var company = Regex.Match((await olga.GetAsync("/companies")).Html, "href=\"(/c/[^\"/]+)").Groups[1].Value;
        await BeginAsync(olga, "acme.com");

        var answers = await olga.GetAsync($"{company}/answers");
        Assert.Contains("is not saved with the answers", answers.Text, StringComparison.Ordinal);
        var link = Regex.Match(answers.Html, $"href=\"({company}/sources/add/domain[^\"]*)\"").Groups[1].Value;
        Assert.Contains("id=\"address\" name=\"address\" value=\"acme.com\"", (await olga.GetAsync(link)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_of_one_network_are_limited()
    {
        await using var site = await OpenAsync(Lab);
        using var visitor = site.Visit();
        var seen = await ReadByRecordAsync(visitor, "softdmarc.test");
        for (var i = 0; i < 7; i++)
        {
            await visitor.SubmitAsync(seen, [], "value=\"again\"");
            await DoneAsync(visitor);
        }

        Assert.Contains("Too many readings were started", (await visitor.SubmitAsync(seen, [], "value=\"again\"")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Type a domain, such as acme.com.")]
    [InlineData("10.0.0.1", "That is the address of a machine.")]
    [InlineData("co.uk", "co.uk is an ending that many share.")]
    [InlineData("localhost", "Names that end in localhost are not on the internet")]
    [InlineData("<script>alert(1)</script>", "That is not a domain.")]
    [InlineData("acme.com?allow-private=true", "That is not a domain.")]
    public async Task What_cannot_be_a_domain_is_said_and_stays_typed(string typed, string says)
    {
        await using var site = await OpenAsync("");
        using var visitor = site.Visit();
        var refused = await visitor.SubmitAsync(await visitor.GetAsync(Begin), [("domain", typed), ("selectors", "b@d"), ("agree", "")], "value=\"begin\"");

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        Assert.Contains("“b@d” is no DKIM selector.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Tick the box", refused.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(typed)}\"", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paste_of_megabytes_breaks_nothing()
    {
        await using var site = await OpenAsync("");
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(Begin);
        var large = await visitor.SubmitAsync(page, [("domain", new string('a', 1_500_000)), ("agree", "yes")], "value=\"begin\"");
        Assert.Contains("too long for a domain", large.Text, StringComparison.Ordinal);
        Assert.True(large.Html.Length < 20_000);
        try
        {
            Assert.Contains("That is too large", (await visitor.SubmitAsync(page, [("domain", new string('a', 10_000_000)), ("agree", "yes")], "value=\"begin\"")).Text, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Begin)).Status); // The server may hang up before all was sent.
        }
    }

    [Fact]
    public async Task A_dns_that_is_down_is_neither_yes_nor_no()
    {
        await using var site = await OpenAsync(Lab + ", \"timeout\": \"2\"", dns: 17399);
        using var visitor = site.Visit();
        var refused = await visitor.SubmitAsync(await BeginAsync(visitor, "bare.test"), [], "value=\"record\"");

        Assert.Contains("The DNS could not be asked just now, so nothing was read.", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("17399", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_that_is_not_there_shows_nothing()
    {
        await using var site = await OpenAsync(Lab);
        using var visitor = site.Visit();
        Assert.Contains("The record is not there yet", (await visitor.SubmitAsync(await BeginAsync(visitor, "nowhere.test"), [], "value=\"record\"")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_runs_the_site_may_switch_it_off_and_hears_of_wrong_options_at_the_start()
    {
        await using var site = await RunningSite.StartAsync(config: """{ "advisor": { "readDomains": false } }""");
        using var visitor = site.Visit();
        Assert.Contains("This site does not read domains.", (await visitor.GetAsync(Begin)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Begin, (await visitor.GetAsync("/advisor")).Html, StringComparison.Ordinal);

        var wrong = await Assert.ThrowsAsync<BadInput>(() => RunningSite.StartAsync(config: """{ "advisor": { "domainOptions": { "resolver": "dns", "no-such": "1" } } }"""));
        Assert.Contains("there is no option 'no-such'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_another_installation_is_worth_nothing()
    {
        await using var one = await OpenAsync(Lab);
        await using var other = await OpenAsync(Lab);
        using var visitor = one.Visit(follow: false);
        var page = await visitor.GetAsync(Begin);
        var begun = await visitor.SubmitAsync(page, [("domain", "bare.test"), ("agree", "yes")], "value=\"begin\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(other.Address, Proof));
        request.Headers.Add("Cookie", Regex.Match(begun.Headers["Set-Cookie"], "plainproof.domain=[^;]+").Value);
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);

        Assert.Contains("Nothing is under way in this browser.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_text_of_it_is_plain()
    {
        using var mail = MailSink.Start();
        await using var site = await OpenAsync(Lab, mail: mail.Port);
        using var visitor = site.Visit();
        var pages = new List<Seen> { await visitor.GetAsync(Begin), await visitor.GetAsync(Proof), await visitor.GetAsync(Result) };
        var proof = await BeginAsync(visitor, "wrongname.test");
        var sent = await visitor.SubmitAsync(proof, [("mailbox", "admin")], "value=\"letter\"");
        pages.AddRange([proof, await visitor.SubmitAsync(proof, [], "value=\"record\""), sent, await visitor.SubmitAsync(sent, [("code", "x")], "value=\"code\"")]);
        pages.AddRange([await ReadByRecordAsync(visitor, "wrongname.test"), await visitor.GetAsync(Proof)]);

        Assert.Empty(from page in pages
                     let texts = ReadPages.TextsOf(page)
                     from text in texts.Append(string.Join('\n', texts))
                     let offence = Readability.Offence(text)
                     where offence is not null
                     select $"{page.Address.AbsolutePath}: {offence}");
        Assert.DoesNotMatch("(?i)compliant|certified", string.Concat(pages.Select(page => page.Text)));
    }

    private Task<RunningSite> OpenAsync(string options, int dns = DomainWorld.ValidatingDns, int? mail = null, Func<Plainproof.Web.SiteSettings, Plainproof.Web.SiteSettings>? change = null) =>
        RunningSite.StartAsync(change, $$"""
            { {{world.Advisor(options, dns)}} {{(mail is { } port ? $$""", "mail": { "host": "127.0.0.1", "port": {{port}}, "from": "plainproof@adviser.example", "encryption": "none" }""" : "")}} }
            """);

    private static async Task<Seen> BeginAsync(Visitor visitor, string domain, string selectors = "")
    {
        var page = await visitor.SubmitAsync(await visitor.GetAsync(Begin), [("domain", domain), ("selectors", selectors), ("agree", "yes")], "value=\"begin\"");
        Assert.Equal(Proof, page.Address.AbsolutePath);
        return page;
    }

    private async Task<Seen> ReadByRecordAsync(Visitor visitor, string domain, string selectors = "")
    {
        var page = await BeginAsync(visitor, domain, selectors);
        Publish(page, domain);
        var reading = await visitor.SubmitAsync(page, [], "value=\"record\"");
        Assert.True(reading.Address.AbsolutePath == Result, reading.Text);
        return await DoneAsync(visitor);
    }

    private static async Task<Seen> DoneAsync(Visitor visitor)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            var page = await visitor.GetAsync(Result);
            if (!page.Text.Contains("This page renews itself.", StringComparison.Ordinal))
                return page;
            Assert.Contains("http-equiv=\"refresh\"", page.Html, StringComparison.Ordinal);
            await Task.Delay(200);
        }

        throw new InvalidOperationException("The reading did not end.");
    }

    private void Publish(Seen page, string domain) => world.Add(domain, $"_plainproof-challenge 0 TXT \"{Challenge().Match(page.Html).Value}\"");

    private static List<string> Figures(Seen page) => [.. Regex.Matches(page.Html, "<dd><a href=\"/advisor/result#gaps\">(\\d+)</a>").Select(match => match.Groups[1].Value)];

    private static List<string> Bars(Seen page) => [.. Regex.Matches(page.Html, "<rect [^>]*>").Select(match => match.Value)];

    [GeneratedRegex("plainproof-challenge=[0-9a-f]{40}")]
    private static partial Regex Challenge();

    [GeneratedRegex("Or type this code there: ([A-Z2-9]{10})")]
    private static partial Regex Code();

    /// <summary>Listens where a private network would be, on every port that a reading uses, and counts who comes.</summary>
    private sealed class Tripwires : IDisposable
    {
        private readonly List<TcpListener> _listeners = [.. new[] { DomainWorld.Https, DomainWorld.Http, DomainWorld.Smtp }.Select(port => new TcpListener(IPAddress.Parse("127.0.0.99"), port))];

        public Tripwires() => _listeners.ForEach(listener => listener.Start());

        public int Touched => _listeners.Count(listener => listener.Pending());

        public void Dispose() => _listeners.ForEach(listener => listener.Dispose());
    }
}

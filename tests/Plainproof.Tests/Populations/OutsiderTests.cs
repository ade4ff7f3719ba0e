using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Populations;

public sealed class OutsidersOnSqlite() : OutsiderTests(false);

public sealed class OutsidersOnPostgresql() : OutsiderTests(true);

/// <summary>Vendors, payees, customers and deployments of four weeks in which things went wrong.</summary>
public abstract class OutsiderTests(bool postgresql)
{
    private const string Home = Ledger.Home;

    [Fact]
    public async Task Vendors_of_the_window_are_listed_with_beginnings_and_ends_and_held_against_who_is_paid()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("vendor.core", "register", [
                Vendor(acme, "v1", "Cloudy Hosting", -900, risk: "critical", reviewed: -100, signed: -900),
                Vendor(acme, "v2", "Mail & More", -800, risk: "high", reviewed: -400, signed: -800),
                Vendor(acme, "v3", "Old Phone", -700, ended: -5, risk: "high"),
                Vendor(acme, "v4", "Chatter", 10, ended: day >= 18 ? 20 : null, risk: "medium", reviewed: 9),
                Vendor(acme, "v5", "Beans", -600, risk: "low"),
                Vendor(acme, "v6", "Late Look", -500, risk: "high", reviewed: day >= 30 ? 27 : -390, signed: -500),
                Vendor(acme, "v8", "Unrated", null, signed: -1),
                .. day < 12 ? new[] { Vendor(acme, "v7", "Called Off", 15, risk: "high") } : []]);
            await acme.PushAsync("payee.core", "books", [
                Payee(acme, "p1", "CLOUDY-HOSTING", "vendor", -900), Payee(acme, "p2", "M&M Ltd", "vendor", -800, vendor: "v2"), Payee(acme, "p3", "Shadow Analytics", "vendor", 3),
                Payee(acme, "p4", "Long Gone", "vendor", -900, -30), Payee(acme, "p5", "Tax office", "other", -900), Payee(acme, "p6", "Late look", "vendor", -500)]);
        });
        var page = await acme.Olga.GetAsync($"{Home}/populations/vendors{acme.Days}");
        Assert.Contains("The list: 6 items", page.Text, StringComparison.Ordinal);
        Assert.Contains("Every source was read in full, also after the last day.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Old Phone", page.Text, StringComparison.Ordinal); // It ended before the window.
        Assert.DoesNotContain("Called Off", page.Text, StringComparison.Ordinal); // Its day never came.
        Assert.Contains("<td>began, ended</td>", Tight(page.Html), StringComparison.Ordinal);
        foreach (var words in new[]
        {
            $"Mail &amp; More was last reviewed on {acme.Day(-400)}, 428 days before {acme.Day(28)}; 366 are allowed.", "No signed agreement with Chatter is told.",
            "Nobody rated the risk of Unrated. Rate it.", "In both: 3. Only among vendors: 3. Only among payees: 1.", $"Shadow Analytics payees It is paid since {acme.Day(3)}, and is on no vendor list of these days.", "Beans vendors No payment to it in these days is told.",
        })
            Assert.Contains(words, Tight(page.Html) + page.Text, StringComparison.Ordinal);
        Assert.Equal((2, 2), (RowsOf(page.Html, "not met"), RowsOf(page.Html, "met"))); // The late look of the last days counts, though it was told after them.
        Assert.Equal((1, 1), (RowsOf(page.Html, "could not tell"), RowsOf(page.Html, "nothing asked")));
    }

    [Fact]
    public async Task A_contractor_of_the_ledger_who_is_not_on_the_roster_is_listed_and_one_of_both_only_once()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("person.core", "hr", [
                acme.Person("ann", -400), Contractor(acme, "bob", -300), Contractor(acme, "carl", 4), Contractor(acme, "dora", -300, -2),
                day < 12 ? Contractor(acme, "emil", -90) : acme.Person("emil", -90)]); // Became an employee.
            await acme.PushAsync("payee.core", "books", [
                Payee(acme, "p1", "Bob", "contractor", -290), Payee(acme, "p2", "Vera Oak", "contractor", -200, 5), Payee(acme, "p3", "Fay Old", "contractor", -200, -9), Payee(acme, "p4", "Cloudy", "vendor", -900)]);
        });
        var page = await acme.Olga.GetAsync($"{Home}/populations/contractors{acme.Days}");
        Assert.Contains("The list: 4 items", page.Text, StringComparison.Ordinal);
        foreach (var words in new[] { "In both: 1. Only among the roster: 2. Only among payees: 1.", "Vera Oak payees Paid as a contractor, and not one by the roster.", "carl the roster A contractor by the roster. No payment in these days is told." })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fay Old", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("person/dora", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_without_a_merged_change_is_found_and_a_merge_that_was_never_deployed_too()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("change.merge", "forge", [acme.Merge(1, 2, "bob"), acme.Merge(2, 3, null), acme.Merge(3, 4, "bob"), acme.Merge(4, 21, "bob"), Elsewhere(acme.Merge(8, 5, "bob")), Elsewhere(acme.Merge(9, 6, "bob"))]);
            await acme.PushAsync("change.commit", "clone", [acme.Commit("a1a1a1a1a1", 2, 1), acme.Commit("d1d1d1d1d1", 5, null)]);
            await acme.PushAsync("deployment.core", "ci", [
                Deployment(acme, "R-0", -3, "#1"), Deployment(acme, "R-1", 3, commit: "a1a1a1a"), Deployment(acme, "R-2", 4, "#2", by: "ann"), Deployment(acme, "R-3", 5, "#77"), Deployment(acme, "R-4", 6, commit: "d1d1d1d1d1"),
                Deployment(acme, "R-5", 7, commit: "eeeeeeeeee"), Deployment(acme, "R-6", 8, test: true), Deployment(acme, "R-7", 22, "#4", outcome: "rolledBack")]);
        });
        var page = await acme.Olga.GetAsync($"{Home}/populations/deployments{acme.Days}");
        Assert.Contains("The list: 7 items", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("R-0", page.Text, StringComparison.Ordinal);
        foreach (var words in new[]
        {
            "ann wrote acme/shop #2 and deployed it alone.", "It names #77, which is not among the merges.", "Its commit d1d1d1d1d1 came without a request.",
            "Its commit eeeeeeeeee is on no default branch that was read.", "It went to test, which is not production.", "In both: 3. Only among deployments for customers: 3. Only among merges: 2.",
            $"acme/shop #4 merges The last deployment of it was on {acme.Day(7)}", "acme/lib merges 2 merged, and no deployment of this repository is told.",
        })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal((3, 2, 1, 1), (RowsOf(page.Html, "not met"), RowsOf(page.Html, "met"), RowsOf(page.Html, "could not tell"), RowsOf(page.Html, "nothing asked")));
    }

    [Fact]
    public async Task Where_nothing_tells_of_merges_a_deployment_is_not_judged()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(_ => acme.PushAsync("deployment.core", "ci", Deployment(acme, "R-1", 3, "#1")));
        var page = await acme.Olga.GetAsync($"{Home}/populations/deployments{acme.Days}");
        Assert.Equal((1, 0), (RowsOf(page.Html, "could not tell"), RowsOf(page.Html, "met")));
        Assert.Contains("No source tells of merges. Push the kind change.merge.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_who_came_and_left_are_listed_and_their_data_is_followed_to_its_deletion()
    {
        await using var acme = await Ledger.OpenAsync(postgresql);
        await acme.LiveAsync(async day =>
        {
            await acme.PushAsync("customer.core", "billing", [
                Customer(acme, "C-1", -400, accepted: -401, ended: day >= 6 ? 5 : null), Customer(acme, "C-2", -300, accepted: -301, ended: day >= 6 ? 6 : null), Customer(acme, "C-3", 3, accepted: 2), Customer(acme, "C-4", 4, accepted: 9), Customer(acme, "C-5", 40)]);
            await acme.PushAsync("deletion-request.core", "desk", [
                Deletion(acme, "D-1", 6, "customer", "C-1", due: 16, done: 15), Deletion(acme, "D-2", 7, "person", "C-2", due: 10, done: 12), Deletion(acme, "D-3", 8, "customer", "C-9"), Deletion(acme, "D-4", -60, "worker", null)]);
        });
        var left = await acme.Olga.GetAsync($"{Home}/populations/ended-customers{acme.Days}");
        Assert.Contains("The list: 2 items", left.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (RowsOf(left.Html, "met"), RowsOf(left.Html, "could not tell")));
        Assert.Contains("In both: 1. Only among customers who left: 1. Only among deletion requests: 1.", left.Text, StringComparison.Ordinal);
        Assert.Contains("It names customer C-9, whose last day is not told.", left.Text, StringComparison.Ordinal);

        var came = await acme.Olga.GetAsync($"{Home}/populations/new-customers{acme.Days}");
        Assert.Contains("The list: 2 items", came.Text, StringComparison.Ordinal);
        Assert.Contains($"C-4 Ltd accepted the terms on {acme.Day(9)}, after the first day, {acme.Day(4)}.", came.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (RowsOf(came.Html, "met"), RowsOf(came.Html, "not met")));

        var asked = await acme.Olga.GetAsync($"{Home}/populations/deletion-requests{acme.Days}");
        Assert.Contains("The list: 3 items", asked.Text, StringComparison.Ordinal);
        Assert.Contains($"Request D-2 was done on {acme.Day(12)}; it was due by {acme.Day(10)}.", asked.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), (RowsOf(asked.Html, "met"), RowsOf(asked.Html, "not met"), RowsOf(asked.Html, "nothing asked")));

        var (exit, said) = await acme.RunAsync("population", "freeze", "ended-customers", "--from", acme.Day(1), "--to", acme.Day(Ledger.LastDay));
        Assert.True(exit == 0, said);
        Assert.Equal(2, (int)Assert.Single(await acme.EntriesAsync("population.frozen"))["rows"]!);
    }

    private static (string, JsonObject) Vendor(Ledger acme, string id, string name, int? begun, int? ended = null, string? risk = null, int? reviewed = null, int? signed = null) => (
        $"vendor/{id}", new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["service"] = "a service",
            ["begunOn"] = Day(acme, begun),
            ["endedOn"] = Day(acme, ended),
            ["risk"] = risk,
            ["reviewedOn"] = Day(acme, reviewed),
            ["agreementSignedOn"] = Day(acme, signed),
        });

    private static (string, JsonObject) Payee(Ledger acme, string id, string name, string kind, int first, int? last = null, string? vendor = null) => (
        $"payee/{id}", new JsonObject { ["id"] = id, ["name"] = name, ["kind"] = kind, ["firstPaidOn"] = acme.Day(first), ["lastPaidOn"] = Day(acme, last), ["vendorId"] = vendor });

    private static (string, JsonObject) Contractor(Ledger acme, string name, int joined, int? left = null)
    {
        var (subject, value) = acme.Person(name, joined, left);
        value["engagement"] = "contractor";
        return (subject, value);
    }

    private static (string, JsonObject) Elsewhere((string Subject, JsonObject Value) merge)
    {
        merge.Value["repository"] = "acme/lib";
        return merge;
    }

    private static (string, JsonObject) Deployment(Ledger acme, string id, int day, string? change = null, string? commit = null, string? by = null, bool test = false, string outcome = "succeeded") => (
        $"deployment/{id}", new JsonObject
        {
            ["id"] = id,
            ["system"] = "shop",
            ["environment"] = test ? "test" : "live",
            ["at"] = acme.At(day, 12),
            ["outcome"] = outcome,
            ["by"] = by,
            ["change"] = change,
            ["commit"] = commit,
            ["production"] = !test,
        });

    private static (string, JsonObject) Customer(Ledger acme, string id, int begun, int? ended = null, int? accepted = null) => (
        $"customer/{id}", new JsonObject { ["id"] = id, ["name"] = $"{id} Ltd", ["begunOn"] = acme.Day(begun), ["endedOn"] = Day(acme, ended), ["termsAcceptedOn"] = Day(acme, accepted) });

    private static (string, JsonObject) Deletion(Ledger acme, string id, int received, string about, string? customer, int? due = null, int? done = null) => (
        $"deletion/{id}", new JsonObject
        {
            ["id"] = id,
            ["receivedAt"] = acme.At(received),
            ["about"] = about,
            ["customerId"] = customer,
            ["dueOn"] = Day(acme, due),
            ["doneAt"] = done is { } day ? acme.At(day) : null,
            ["outcome"] = done is null ? null : "deleted",
        });

    private static string? Day(Ledger acme, int? day) => day is { } known ? acme.Day(known) : null;

    private static string Tight(string html) => Regex.Replace(html, @"\s*(</?td[^>]*>)\s*", "$1");

    private static int RowsOf(string html, string verdict) => Regex.Count(html, $"<td class=\"found\">\\s*<span class=\"chip [a-z]*\">{verdict}</span>");
}

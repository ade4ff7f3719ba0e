using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>Where files are added, looked at, copied and searched: with script and without, at both widths and in both themes.</summary>
public sealed class EvidenceLooksTests
{
    private const string Home = "/c/acme-gmbh";
    private static readonly byte[] Changes = Encoding.UTF8.GetBytes("change,requester,approver\n" + string.Concat(Enumerable.Range(1, 100).Select(row => $"#{row},ann@acme.example,{(row == 7 ? "ann" : "bob")}@acme.example\n")));

    [Fact]
    public async Task Adding_a_file_works_by_hand_by_dropping_and_by_pasting_and_looks_good()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        var olga = await browser.PersonAsync(site.Address, script: true);
        await olga.JoinFirstAsync(site);

        await olga.GotoAsync($"{Home}/files/new?about=control%3ACHG-01");
        await olga.GetByLabel("What sort of evidence is it?").SelectOptionAsync("Complete list of all items");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Ask for what it needs" }).ClickAsync();
        await olga.GetByLabel("Query and filters").WaitForAsync();
        await olga.EvaluateAsync(
            """
            text => {
              const dropped = new DataTransfer();
              dropped.items.add(new File([text], "changes.csv", { type: "text/csv" }));
              document.querySelector("form[data-evidence]").dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
            }
            """, Encoding.UTF8.GetString(Changes));
        await olga.GetByText("Chosen: changes.csv").WaitForAsync();
        await olga.GetByLabel("What it shows").FillAsync("Changes of May");
        await olga.GetByLabel("Number of items").FillAsync("240");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Look first" }).ClickAsync();
        await olga.GetByText("The file has 100 rows, and the system counts 240.").WaitForAsync();
        Assert.Equal("changes.csv", await olga.EvaluateAsync<string>("document.getElementById('file').files[0].name"));
        Assert.Equal("Changes of May", await olga.GetByLabel("What it shows").InputValueAsync());
        await olga.AssertGoodAsync("evidence-looked");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await olga.GetByText("waits for a look").WaitForAsync();
        var list = new Uri(olga.Url).AbsolutePath;

        await olga.GotoAsync($"{Home}/files/new?about=control%3AAVL-03&kind=screenshot");
        await olga.EvaluateAsync(
            """
            () => {
              const pasted = new DataTransfer();
              pasted.items.add(new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], "image.png", { type: "image/png" }));
              document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }));
            }
            """);
        await olga.GetByText("Chosen: image.png").WaitForAsync();
        await olga.GetByLabel("What it shows").FillAsync("Backup is switched on");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await olga.GetByText("waits for a look").WaitForAsync();
        var picture = new Uri(olga.Url).AbsolutePath;
        await olga.GetByText("Say more about it").ClickAsync();
        await olga.GetByLabel("Day it was made").FillAsync("2026-05-04");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save what you said" }).ClickAsync();
        await olga.GetByText("4 May 2026").WaitForAsync();
        await olga.GetByText("Add a cut or covered copy").ClickAsync();
        await olga.ArriveAsync("kind=screenshot");
        var copy = new Uri(olga.Url).PathAndQuery;

        foreach (var (path, name) in new[]
        {
            (list, "evidence-list"), (picture, "evidence-picture"), (copy, "evidence-copy-new"), ($"{Home}/files/new?about=control%3ACHG-01&kind=population", "evidence-new-population"),
            ($"{Home}/files", "evidence-files"), ($"{Home}/files?q=ann", "evidence-search"), ($"{Home}/files?q=nowhere", "evidence-nothing"),
        })
            await browser.LookAsync(site, olga, path, name);
    }
}

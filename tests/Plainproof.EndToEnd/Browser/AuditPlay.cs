using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests;
using Plainproof.Tests.Requests;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>
/// A whole audit in three browsers: Olga of the company, Ada who advises it, and Nora, the auditor. None of them uses script. What goes out
/// is opened by programs of others.
/// </summary>
/// <param name="files">Where what goes out is put.</param>
internal sealed class AuditPlay(Uri address, Desk desk, Chromium browser, IPage olga, TemporaryFolder files) : IAsyncDisposable
{
    public const string Home = "/c/acme-gmbh";

    /// <summary>What the auditor writes down.</summary>
    public static readonly IReadOnlyList<string> Deviations = ["The change of row one had no approval.", "The change of row two was approved by its author."];

    private const string Seed = "an autumn seed";
    private const int SampleSize = 2;
    private IPage? _ada;
    private IPage? _nora;

    private IPage Ada => _ada!;

    private IPage Nora => _nora!;

    public async Task GatherAsync()
    {
        _ada = await JoinAsync("Ada", "adviser", "consult.example");
        _nora = await JoinAsync("Nora", "auditor", "firm.example");
    }

    /// <summary>The photo: the list comes in, is answered, and management signs for the one day.</summary>
    public async Task TypeOneAsync(string engagement)
    {
        await ImportAsync(engagement, 4);
        await AnswerAsync(engagement, "1", "Olga owns security. The chart is on the wall of the kitchen.");
        await TakeBackAnsweredAsync(engagement, "1", "accepted");
        await SignAsync(engagement, "system-description");
        await SignAsync(engagement, "assertion");
    }

    /// <summary>The movie: the same, and lists, samples, deviations and the package besides.</summary>
    /// <param name="population">The kind of list that the auditor draws from.</param>
    /// <param name="control">The control that it is for.</param>
    public async Task TypeTwoAsync(string engagement, string population, string control, string deviationDay)
    {
        await ImportAsync(engagement, 4);
        var frozen = await FreezeAsync(engagement, population);
        await GiveFrozenAsync(engagement);
        await TestAsync(frozen, control);
        await ConcludeAsync(engagement, control);
        await DeviateAsync(engagement, control, deviationDay);
        await SignAsync(engagement, "system-description");
        await SignAsync(engagement, "assertion");
        await SignAsync(engagement, "management-responses");
        await LeaveAsync(engagement);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in new[] { _ada, _nora })
            if (page is not null)
                await page.Context.CloseAsync();
    }

    private async Task<IPage> JoinAsync(string name, string role, string domain)
    {
        var invited = await desk.RunAsync("user", "invite", $"{name.ToLowerInvariant()}@{domain}", "--role", role, "--company", "acme-gmbh");
        Assert.True(invited.Exit == 0, invited.Error);
        var page = await browser.PersonAsync(address, script: false);
        await page.GotoAsync(Regex.Match(invited.Out, "/invitation\\S+").Value);
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync("correct horse battery staple");
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await page.ArriveAsync("/companies");
        return page;
    }

    private async Task ImportAsync(string engagement, int lines)
    {
        await Ada.GotoAsync($"{Home}/requests?engagement={engagement}");
        await Ada.GetByLabel("Workbook").SetInputFilesAsync(new FilePayload { Name = "Firm list.xlsx", MimeType = "application/octet-stream", Buffer = Theirs() });
        await Ada.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Ada.GetByRole(AriaRole.Button, new() { Name = "Import the lines" }).ClickAsync();
        await Ada.GetByText($"{lines} lines added").WaitForAsync();
    }

    private async Task OpenLineAsync(IPage person, string engagement, string number)
    {
        await person.GotoAsync($"{Home}/requests?engagement={engagement}");
        await person.GetByRole(AriaRole.Link, new() { Name = number, Exact = true }).ClickAsync();
        await person.GetByRole(AriaRole.Heading, new() { Name = $"Request {number}" }).WaitForAsync();
    }

    private async Task AnswerAsync(string engagement, string number, string words)
    {
        await OpenLineAsync(olga, engagement, number);
        await olga.GetByLabel("Your words").FillAsync(words);
        await olga.GetByRole(AriaRole.Button, new() { Name = "All of it is there" }).ClickAsync();
        await olga.GetByText("ready to be looked at").First.WaitForAsync();
        await OpenLineAsync(Nora, engagement, number);
        await Nora.GetByRole(AriaRole.Button, new() { Name = "I have what I asked for" }).ClickAsync();
        await Nora.GetByText("accepted it").WaitForAsync();
    }

    /// <summary>The workbook goes back with the answer in it, as LibreOffice reads it.</summary>
    private async Task TakeBackAnsweredAsync(string engagement, string number, string state)
    {
        var path = files.File("answered.xlsx");
        await File.WriteAllBytesAsync(path, await (await Nora.Context.APIRequest.GetAsync($"{Home}/engagements/{engagement}/requests.xlsx")).BodyAsync());
        Convert(path, "csv");
        var line = (await File.ReadAllLinesAsync(files.File("answered.csv"))).Single(one => one.StartsWith($"{number},", StringComparison.Ordinal));
        Assert.Contains(state, line, StringComparison.Ordinal);
        Assert.Contains("The chart is on the wall", line, StringComparison.Ordinal);
    }

    /// <returns>The address of the frozen list.</returns>
    private async Task<string> FreezeAsync(string engagement, string population)
    {
        await olga.GotoAsync($"{Home}/populations/{population}?engagement={engagement}");
        await olga.GetByText("Freeze this list").ClickAsync();
        await olga.GetByLabel("I know that a frozen list is never changed").CheckAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Freeze it" }).ClickAsync();
        await olga.GetByText("The sealed rows give the root below.").WaitForAsync();
        return new Uri(olga.Url).AbsolutePath;
    }

    /// <summary>The line in the auditor's own words gets the frozen list proposed.</summary>
    private async Task GiveFrozenAsync(string engagement)
    {
        await OpenLineAsync(olga, engagement, "4");
        await olga.GetByText("It is frozen.").WaitForAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Give it" }).First.ClickAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "All of it is there" }).ClickAsync();
        await olga.GetByText("ready to be looked at").First.WaitForAsync();
    }

    private async Task TestAsync(string frozen, string control)
    {
        await Nora.GotoAsync(frozen);
        var root = Regex.Match(await Nora.ContentAsync(), "[0-9a-f]{64}").Value;
        var rows = Regex.Match(await Nora.ContentAsync(), "<dt>Rows</dt><dd>([0-9,]+)").Groups[1].Value.Replace(",", "", StringComparison.Ordinal);
        await Nora.GetByRole(AriaRole.Link, new() { Name = "Draw a sample from it" }).ClickAsync();
        await Nora.GetByLabel("How many").FillAsync($"{SampleSize}");
        await Nora.GetByLabel("Seed").FillAsync(Seed);
        await Nora.GetByLabel("Controls that it tests").SelectOptionAsync(control);
        await Nora.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        await Nora.GetByText("Only auditors see it.").WaitForAsync();
        var sample = new Uri(Nora.Url).AbsolutePath;
        Assert.Equal(404, (await olga.GotoAsync(sample))!.Status);
        await Nora.GetByRole(AriaRole.Button, new() { Name = "Issue it to the company" }).ClickAsync();
        await AssertRepeatedAsync(sample, root, rows);
        await Nora.GetByLabel("One thing on each line").FillAsync("The approver is not the author\nThe tests passed");
        await Nora.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        foreach (var tick in await Nora.Locator("td select").AllAsync())
            await tick.SelectOptionAsync("noException");
        await Nora.Locator("td select").First.SelectOptionAsync("deviation");
        await Nora.GetByRole(AriaRole.Button, new() { Name = "Save the ticks" }).ClickAsync();
        await Nora.GetByText("0 open, 3 no exception, 1 deviation").WaitForAsync();
        await olga.GotoAsync(sample);
        Assert.DoesNotContain("no exception", await olga.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Design and operation apart. For the company it is not there.</summary>
    private async Task ConcludeAsync(string engagement, string control)
    {
        var tests = $"{Home}/engagements/{engagement}/tests";
        await Nora.GotoAsync($"{Home}/engagements/{engagement}");
        await Nora.GetByRole(AriaRole.Link, new() { Name = "Your tests of its controls" }).ClickAsync();
        await Nora.GetByRole(AriaRole.Link, new() { Name = control }).ClickAsync();
        await Nora.GetByText(" tested: ").First.WaitForAsync();
        var counted = Regex.Matches(await Nora.InnerTextAsync("main"), @"(\d+) of \d+ items? tested: (\d+) no exception, (\d+) deviation"); // A line for each wording of the control.
        Assert.Equal([SampleSize, 1, 1], new[] { 1, 2, 3 }.Select(count => counted.Sum(line => int.Parse(line.Groups[count].Value, CultureInfo.InvariantCulture))));
        foreach (var (part, concluded) in new[] { ("design", "suitablyDesigned"), ("operation", "operatedWithExceptions") })
        {
            var form = Nora.Locator("form").Filter(new() { HasText = $"Save the test of {part}" }).Last;
            await form.GetByLabel("Inspection").CheckAsync();
            await form.GetByLabel("What you did").FillAsync($"Looked at the {part} with Olga.");
            await form.GetByLabel("What you conclude").SelectOptionAsync(concluded);
            await form.GetByRole(AriaRole.Button).ClickAsync();
            await Nora.GetByText($"Looked at the {part} with Olga.").First.WaitForAsync();
        }

        await Nora.GotoAsync($"{tests}?state=deviations");
        await Nora.GetByText("operated with exceptions").First.WaitForAsync();
        foreach (var address in new[] { tests, $"{tests}/{control}", $"{tests}.json" })
            Assert.Equal(404, (await olga.Context.APIRequest.GetAsync(address)).Status);
        await olga.GotoAsync($"{Home}/engagements/{engagement}");
        Assert.DoesNotContain("tests of its controls", await olga.ContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>By the script of the manual, which shares nothing with the program.</summary>
    private async Task AssertRepeatedAsync(string sample, string root, string rows)
    {
        var script = files.Write("draw.py", Regex.Match(await File.ReadAllTextAsync(Repository.File("docs", "manual", "samples.md")), "```python\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        var drawn = Running.Run("python3", script, "random", root, rows, Seed, $"{SampleSize}").Trim().Split(' ').Select(int.Parse).Order();
        var shown = Regex.Matches(await Nora.ContentAsync(), $"{sample}/items/(\\d+)").Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order();
        Assert.Equal(drawn, shown);
    }

    /// <summary>The auditor writes down two, and the company answers both.</summary>
    private async Task DeviateAsync(string engagement, string control, string day)
    {
        foreach (var what in Deviations)
        {
            await Nora.GotoAsync($"{Home}/deviations?engagement={engagement}");
            await Nora.GetByLabel("Control", new() { Exact = true }).SelectOptionAsync(control);
            await Nora.GetByLabel("What did not go as the control says").FillAsync(what);
            await Nora.GetByLabel("First day").FillAsync(day);
            await Nora.GetByLabel("Last day").FillAsync(day);
            await Nora.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
            await Nora.GetByText(what).First.WaitForAsync();
        }

        await olga.GotoAsync($"{Home}/deviations?engagement={engagement}");
        foreach (var what in Deviations)
            await olga.GetByLabel(what).CheckAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Answer the ticked ones" }).ClickAsync();
        await olga.GetByLabel("Cause").FillAsync("The rule of the repository did not count the author out.");
        await olga.GetByLabel("Systematic").CheckAsync();
        await olga.GetByLabel("Where you looked for more like it").FillAsync("All changes of the window. These two were all.");
        await olga.GetByLabel("What you put right, and when").FillAsync("The rule counts the author out now.");
        await olga.GetByLabel("What management says to it").FillAsync("We agree, and changed the rule.");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save the answer" }).ClickAsync();
        await olga.ArriveAsync($"/deviations?engagement={engagement}");
    }

    /// <summary>Says what is missing, saves, signs, and lets LibreOffice open what comes out.</summary>
    private async Task SignAsync(string engagement, string paper)
    {
        await olga.CompleteAsync($"{Home}/papers/{paper}?engagement={engagement}");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Save version" }).ClickAsync();
        await olga.GetByText("SHA-256 of the text").WaitForAsync();
        var version = new Uri(olga.Url).AbsolutePath;
        await olga.GetByLabel("What you are in the company").FillAsync("CEO");
        if (await olga.GetByLabel("How you know that it is true").CountAsync() > 0)
            await olga.GetByLabel("How you know that it is true").FillAsync("I went through the controls with their owners.");
        await olga.GetByLabel("I read it, and it is true").CheckAsync();
        await olga.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await olga.GetByText(", CEO.").First.WaitForAsync();
        await AssertOpensAsync(version, $"{paper}-{engagement}");
    }

    private async Task AssertOpensAsync(string version, string name)
    {
        foreach (var format in new[] { "docx", "pdf" })
            await File.WriteAllBytesAsync(files.File($"{name}.{format}"), await (await Nora.Context.APIRequest.GetAsync($"{version}/paper.{format}")).BodyAsync());
        Directory.CreateDirectory(files.File("opened"));
        Convert(files.File($"{name}.docx"), "pdf", "opened");
        foreach (var file in new[] { files.File($"{name}.pdf"), files.File("opened", $"{name}.pdf") })
        {
            Assert.Contains("Acme", Running.Run("pdftotext", file, "-"), StringComparison.Ordinal);
            Keep(file);
        }
    }

    /// <summary>The auditor leaves with everything. It is checked on a copy, without the database, by programs that share nothing.</summary>
    private async Task LeaveAsync(string engagement)
    {
        await Nora.GotoAsync($"{Home}/package");
        var key = System.Net.WebUtility.HtmlDecode(Regex.Match(await Nora.ContentAsync(), "<code>(plainproof/acme-gmbh/[^<]+)</code>").Groups[1].Value);
        await Nora.GetByLabel("What it is about").SelectOptionAsync(engagement);
        var download = await Nora.RunAndWaitForDownloadAsync(() => Nora.GetByRole(AriaRole.Button, new() { Name = "Make it and download" }).ClickAsync());
        await download.SaveAsAsync(files.File("package.zip"));
        ZipFile.ExtractToDirectory(files.File("package.zip"), files.File("package"));
        var bag = Directory.GetDirectories(files.File("package")) is [var only] && !File.Exists(files.File("package", "bagit.txt")) ? only : files.File("package");
        using var elsewhere = new Desk();
        foreach (var path in new[] { files.File("package.zip"), bag })
        {
            var verified = await elsewhere.RunAsync("verify", path, "--vkey", files.Write("key.txt", key + "\n"));
            Assert.True(verified.Exit is 0 or 2 && !verified.Out.Contains("FAILED", StringComparison.Ordinal), verified.Out + verified.Error);
        }

        var said = Running.Run("/bin/bash", "-c", $"cd '{bag}' && sha256sum --quiet -c manifest-sha256.txt && python3 verify/verify.py . --vkey '{files.File("key.txt")}'; [ $? -le 2 ]");
        Assert.DoesNotContain("FAILED", said, StringComparison.Ordinal);
        var outside = new OutsideProof(Path.Combine(bag, "data"));
        outside.Go();
        outside.OpenSsl();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(bag, "data", "papers"), "*.docx", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(bag, "data", "populations")));
    }

    private void Convert(string file, string format, string folder = ".") =>
        Running.Run("soffice", $"-env:UserInstallation=file://{files.File("office")}", "--headless", "--convert-to", format, "--outdir", files.File(folder), file);

    private static void Keep(string pdf)
    {
        if (Environment.GetEnvironmentVariable(PageLooks.PicturesVariable) is { Length: > 0 } folder)
            Running.Run("pdftoppm", "-r", "60", "-png", pdf, Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(pdf)[..12]}-{Path.GetFileName(Path.GetDirectoryName(pdf))}"));
    }

    private static byte[] Theirs() => new MadeWorkbook().Sheet("PBC", [
        ["#", "Request", "Control", "Client comments", "Status"],
        ["1", "Organisation chart, and the person who owns security.", "GOV-02", null, "Open"],
        ["2", "List of everyone who left in the period, with last day, from HR or payroll.", "AC-05", null, "Open"],
        ["3", "All policies, with the dates they were approved.", "GOV-04", null, "Open"],
        ["4", "Population of every production change in the period for each repository, with query and time.", "CHG-01", null, "Open"],
    ]).ToBytes();
}

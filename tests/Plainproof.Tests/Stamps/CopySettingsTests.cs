using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Stamps;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Stamps;

/// <summary>What is said before any server is asked.</summary>
public sealed class CopySettingsTests
{
    [Fact]
    public async Task All_that_is_wrong_with_it_is_told_at_once_on_every_page_and_by_the_doctor()
    {
        await using var office = await Office.OpenAsync(postgresql: false, new JsonObject
        {
            ["copy"] = new JsonObject { ["s3"] = "http://s3.example.com/path", ["bucket"] = "No", ["region"] = "", ["accessKeyFile"] = "not-there", ["prefix"] = "a/../b", ["keepDays"] = 0, ["mode"] = "soft" },
        });
        var olga = await office.FirstOwnerAsync();
        await office.Site.Services.GetRequiredService<DailyStamps>().LookAsync(default);
        using var doctor = new StringWriter();
        Assert.Equal(1, await new Features.Safekeeping.Doctor(office.Data.Path, office.Clock).RunAsync(doctor, default));
        foreach (var said in new[] { (await olga.GetAsync("/c/acme-gmbh")).Text, (await olga.GetAsync("/c/acme-gmbh/log")).Text, doctor.ToString() })
        {
            foreach (var problem in new[] { "'s3' is the address", "'bucket' is", "'region' is", "not-there cannot be read", "go together", "'prefix' has", "'keepDays' is", "'mode' is", CopyTarget.SecretKeyVariable })
                Assert.Contains(problem, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_one_the_log_page_says_how_and_nobody_is_told_that_it_is_late()
    {
        await using var office = await Office.OpenAsync(postgresql: false);
        var olga = await office.FirstOwnerAsync();
        office.Clock.Shift += TimeSpan.FromHours(1);
        var stamps = office.Site.Services.GetRequiredService<DailyStamps>();
        await stamps.LookAsync(default);
        Assert.Contains("No such copy of this log is kept.", (await olga.GetAsync("/c/acme-gmbh/log")).Text, StringComparison.Ordinal);
        Assert.Empty(stamps.AlarmsOf("acme-gmbh"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_keeps_no_letter_from_going_out()
    {
        using var mail = MailSink.Start();
        using var folder = new TemporaryFolder();
        var key = folder.Write("key", "some-key");
        var nowhere = new ClosableWay(1);
        nowhere.Open();
        nowhere.Close();
        await using var office = await Office.OpenAsync(postgresql: false, new JsonObject
        {
            ["mail"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = mail.Port, ["from"] = "plainproof@acme.example", ["encryption"] = "none" },
            ["copy"] = new JsonObject { ["s3"] = $"http://127.0.0.1:{nowhere.Port}", ["bucket"] = "evidence", ["accessKeyFile"] = key, ["secretKeyFile"] = key },
        });
        var olga = await office.FirstOwnerAsync();
        await olga.SubmitAsync(await olga.GetAsync("/c/acme-gmbh/log"), [("address", "auditor@firm.example")], "value=\"ask\"");
        await office.Site.Services.GetRequiredService<DailyStamps>().LookAsync(default);
        Assert.Contains("To: auditor@firm.example", await mail.LetterAsync(), StringComparison.Ordinal);
        var page = await olga.GetAsync("/c/acme-gmbh/log");
        Assert.Contains($"The server 127.0.0.1:{nowhere.Port} could not be reached", page.Text, StringComparison.Ordinal);
        Assert.Contains("copy.failed", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("some-key", page.Html, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Evidence;
using Plainproof.Features.Stamps;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Tests.Api;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.People;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Stamps;

[CollectionDefinition(nameof(ObjectStore))]
public sealed class ObjectStoreTests : ICollectionFixture<ObjectStore>;

[Collection(nameof(ObjectStore)), Trait("Long", "true")]
public sealed class CopyOnSqlite(ObjectStore store) : CopyTests(false, store);

[Collection(nameof(ObjectStore)), Trait("Long", "true")]
public sealed class CopyOnPostgresql(ObjectStore store) : CopyTests(true, store);

/// <summary>The log goes to a real S3 server that locks what it gets.</summary>
public abstract class CopyTests(bool postgresql, ObjectStore store) : IDisposable
{
    private const string Company = "acme-gmbh";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("compliance")]
    [InlineData("governance")]
    public async Task What_is_published_arrives_locked_and_verifies_when_it_is_fetched_back(string mode)
    {
        using var authority = await TestAuthority.StartAsync("first");
        var bucket = await store.NewBucketAsync();
        await using var office = await OpenAsync(bucket, config =>
        {
            config["copy"]!["mode"] = mode;
            config["timestampAuthorities"] = new JsonArray(new JsonObject { ["name"] = authority.Name, ["address"] = authority.Address.ToString(), ["roots"] = authority.CaFile });
        });
        var olga = await office.FirstOwnerAsync();
        await LookAsync(office);

        var copy = (await StateAsync(office)).Copy!;
        Assert.True(copy.Problem is null, copy.Problem);
        Assert.InRange(copy.KeptUntil!.Value - office.Clock.GetUtcNow(), TimeSpan.FromDays(30), TimeSpan.FromDays(31));
        var versions = await VersionsAsync(bucket);
        Assert.Equal(["anchors", "checkpoint", "checkpoints", "log.vkey", "tile"], versions.Select(version => version.Key.Split('/')[3]).Distinct().Order(StringComparer.Ordinal));
        foreach (var version in versions)
        {
            var kept = (await store.Client.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = bucket, Key = version.Key, VersionId = version.VersionId })).Retention;
            Assert.Equal(mode, kept.Mode.Value.ToLowerInvariant());
            Assert.Equal(copy.KeptUntil.Value.UtcDateTime, kept.RetainUntilDate!.Value.ToUniversalTime());
            await RefusedAsync(() => store.Client.DeleteObjectAsync(bucket, version.Key, version.VersionId));
        }

        var shorter = new ObjectLockRetention { Mode = ObjectLockRetentionMode.FindValue(mode.ToUpperInvariant()), RetainUntilDate = DateTime.UtcNow.AddDays(2) };
        await RefusedAsync(() => store.Client.PutObjectRetentionAsync(new PutObjectRetentionRequest { BucketName = bucket, Key = versions[0].Key, VersionId = versions[0].VersionId, Retention = shorter }));
        Assert.Equal(versions.Count, (await VersionsAsync(bucket)).Count);

        var report = await FetchedAsync(office, bucket, authority);
        Assert.True(report.ExitCode == 0, string.Join('\n', report.Findings));
        Assert.Equal(copy.Size, report.Size);
        var page = await olga.GetAsync($"/c/{Company}/log");
        Assert.Contains($"{bucket}/{Company}-of-tests", page.Text, StringComparison.Ordinal);
        Assert.Contains("copy.made", page.Text, StringComparison.Ordinal);
        Assert.Contains("went well", page.Text, StringComparison.Ordinal);
        using var script = await Script.OfAsync(office.Site, olga, "read");
        Assert.Equal(copy.Size, (long)(await script.GetAsync($"{Script.Company}/log")).Json["copy"]!["size"]!);
    }

    [Fact]
    public async Task Each_day_only_what_is_new_is_sent_and_nothing_when_nothing_is()
    {
        using var authority = await TestAuthority.StartAsync("first");
        var bucket = await store.NewBucketAsync();
        await using var office = await OpenAsync(bucket, config =>
            config["timestampAuthorities"] = new JsonArray(new JsonObject { ["name"] = authority.Name, ["address"] = authority.Address.ToString(), ["roots"] = authority.CaFile }));
        await office.FirstOwnerAsync();
        await LookAsync(office);
        var first = await VersionsAsync(bucket);
        Assert.NotEmpty(first);
        await GrowAsync(office, 300);
        await LookAsync(office);
        Assert.Equal(first.Count, (await VersionsAsync(bucket)).Count); // Once a day.

        office.Clock.Shift += TimeSpan.FromHours(25);
        await LookAsync(office);
        var second = await VersionsAsync(bucket);
        Assert.All(second.GroupBy(version => version.Key), versions => Assert.True(versions.Count() == 1 || versions.Key.EndsWith("/log/checkpoint", StringComparison.Ordinal), versions.Key));
        Assert.Contains(second, version => version.Key.EndsWith("/tile/0/000", StringComparison.Ordinal));
        Assert.Equal(second.Count - first.Count, await SentAsync(office));
        var report = await FetchedAsync(office, bucket, null);
        Assert.DoesNotContain(report.Findings, finding => finding.Outcome == Outcome.Failed);
        Assert.True(report.Size > 300);

        var quiet = await SizeAsync(office);
        for (var day = 0; day < 4; day++)
        {
            office.Clock.Shift += TimeSpan.FromHours(25);
            await LookAsync(office);
        }

        Assert.Equal(quiet, await SizeAsync(office)); // Stamps and copies do not keep each other going.
        Assert.Equal(second.Count, (await VersionsAsync(bucket)).Count);
    }

    [Fact]
    public async Task A_bucket_that_locks_nothing_is_refused_in_words()
    {
        var bucket = await store.NewBucketAsync(locked: false);
        await using var office = await OpenAsync(bucket);
        var olga = await office.FirstOwnerAsync();
        await LookAsync(office);
        Assert.Contains("does not lock what it gets", (await olga.GetAsync($"/c/{Company}/log")).Text, StringComparison.Ordinal);
        Assert.Empty(await VersionsAsync(bucket));
        Assert.Contains("does not lock what it gets", await DoctorAsync(office, 1), StringComparison.Ordinal);

        office.Clock.Shift += TimeSpan.FromHours(40);
        var (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        await LookAsync(office);
        Assert.Contains("The locked copy of the evidence log was not made yet.", (await later.GetAsync($"/c/{Company}/gaps")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await KindsAsync(office, "copy.failed")); // The same reason is logged once.
    }

    [Fact]
    public async Task Wrong_keys_and_a_server_that_is_away_are_told_and_the_next_day_makes_up_for_it()
    {
        using var way = new ClosableWay(store.Port);
        way.Open();
        var bucket = await store.NewBucketAsync();
        await using var office = await OpenAsync(bucket, config => config["copy"]!["s3"] = $"http://127.0.0.1:{way.Port}");
        await office.FirstOwnerAsync();
        _folder.Write("secret", "not the key");
        await LookAsync(office);
        Assert.Contains("does not accept the keys", (await StateAsync(office)).Copy!.Problem, StringComparison.Ordinal);
        Assert.Contains("does not accept the keys", await DoctorAsync(office, 1), StringComparison.Ordinal);
        await LookAsync(office); // Not again within the hour.
        Assert.Equal(1, await KindsAsync(office, "copy.failed"));

        _folder.Write("secret", ObjectStore.SecretKey);
        way.Close();
        office.Clock.Shift += TimeSpan.FromHours(40);
        await LookAsync(office);
        Assert.Contains("could not be reached", (await StateAsync(office)).Copy!.Problem, StringComparison.Ordinal);
        Assert.Contains("could not be reached", await DoctorAsync(office, 1), StringComparison.Ordinal);
        var (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.Contains("could not be reached", (await later.GetAsync($"/c/{Company}/people")).Text, StringComparison.Ordinal);
        Assert.Empty(await VersionsAsync(bucket));

        way.Open();
        office.Clock.Shift += TimeSpan.FromHours(25);
        await LookAsync(office);
        var state = await StateAsync(office);
        Assert.True(state.Copy!.Problem is null, state.Copy.Problem);
        Assert.Equal(0, state.Waiting);
        Assert.Equal((state.Size, 0), ((await FetchedAsync(office, bucket, null)).Size, await KindsAsync(office, "copy.failed") - 2));
        Assert.Contains("covers", await DoctorAsync(office, 0), StringComparison.Ordinal);
        (later, _) = await office.SignInAsync(Office.Owner, Office.Password);
        Assert.DoesNotContain("could not be reached", (await later.GetAsync($"/c/{Company}/people")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_history_is_never_put_over_the_first_and_what_was_hidden_is_sent_again()
    {
        var bucket = await store.NewBucketAsync();
        await using var office = await OpenAsync(bucket);
        await office.FirstOwnerAsync();
        await LookAsync(office);
        var size = (await StateAsync(office)).Size;
        await store.Client.DeleteObjectAsync(bucket, Key($"checkpoints/{size}.note")); // Only hides it.
        await store.Client.DeleteObjectAsync(bucket, Key("log.vkey"));
        await GrowAsync(office, 3);
        office.Clock.Shift += TimeSpan.FromHours(25);
        await LookAsync(office);
        var report = await FetchedAsync(office, bucket, null);
        Assert.True(report.ExitCode == 0, string.Join('\n', report.Findings));

        await GrowAsync(office, 3);
        var next = await SizeAsync(office);
        await store.Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = Key($"checkpoints/{next}.note"), ContentBody = "another history" });
        office.Clock.Shift += TimeSpan.FromHours(25);
        await LookAsync(office);
        Assert.Contains("Was an old backup restored?", (await StateAsync(office)).Copy!.Problem, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Func<Task> act) => Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<AmazonS3Exception>(act)).StatusCode);

    private static string Key(string file) => $"{Company}-of-tests/{Company}/log/{file}";

    private async Task<Office> OpenAsync(string bucket, Action<JsonObject>? change = null)
    {
        var config = new JsonObject
        {
            ["copy"] = new JsonObject
            {
                ["s3"] = store.Address.ToString(),
                ["bucket"] = bucket,
                ["accessKeyFile"] = _folder.Write("access", ObjectStore.AccessKey),
                ["secretKeyFile"] = _folder.Write("secret", ObjectStore.SecretKey + "\n"),
                ["prefix"] = $"{Company}-of-tests/",
                ["keepDays"] = 30,
            },
        };
        change?.Invoke(config);
        return await Office.OpenAsync(postgresql, config);
    }

    private static Task LookAsync(Office office) => office.Site.Services.GetRequiredService<DailyStamps>().LookAsync(default);

    private static Task<CopyState> StateAsync(Office office) => CopyState.OfAsync(office.Data.DatabaseOf(Company), office.Data.Copy!.Where, default);

    private async Task<List<S3ObjectVersion>> VersionsAsync(string bucket) =>
        (await store.Client.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket })).Versions?.Where(version => version.IsDeleteMarker != true).ToList() ?? [];

    /// <summary>What anybody with the right to read gets, laid out as a company's folder, and looked at without anything else of the installation.</summary>
    private async Task<VerifyReport> FetchedAsync(Office office, string bucket, TestAuthority? authority)
    {
        using var fetched = new TemporaryFolder();
        foreach (var key in (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects.Select(found => found.Key))
        {
            using var there = await store.Client.GetObjectAsync(bucket, key);
            await there.WriteResponseStreamToFileAsync(fetched.File(key), append: false, default);
        }

        var log = await office.Site.Services.GetRequiredService<CompanyLogs>().OfAsync(Company);
        return await Verifier.VerifyAsync(new VerifyRequest { Folder = fetched.File($"{Company}-of-tests", Company), Vkey = log.PublicKey.ToString(), TimestampRoots = authority?.Roots }, default);
    }

    private static async Task<string> DoctorAsync(Office office, int exits)
    {
        using var said = new StringWriter();
        var doctor = new Features.Safekeeping.Doctor(office.Data.Path, office.Clock);
        Assert.True(await doctor.RunAsync(said, default) == exits, said.ToString());
        return said.ToString();
    }

    private static async Task GrowAsync(Office office, int entries)
    {
        var log = await office.Site.Services.GetRequiredService<CompanyLogs>().OfAsync(Company);
        await using var connection = await office.Data.DatabaseOf(Company).OpenAsync(default);
        await using (var within = await office.Data.DatabaseOf(Company).BeginWriteAsync(connection, default))
        {
            for (var i = 0; i < entries; i++)
                await log.EnqueueAsync(Entry.Create("test.grown", office.Clock.GetUtcNow(), new JsonObject { ["number"] = i }), within, default);
            await within.CommitAsync();
        }

        await log.SealAsync(default);
    }

    private static async Task<long> SizeAsync(Office office) => (await LogState.OfAsync(office.Data.DatabaseOf(Company), [], default)).Size;

    private static async Task<int> KindsAsync(Office office, string kind) =>
        (await LogState.EntriesAsync(office.Data.DatabaseOf(Company), null, 1000, default)).Count(line => line.Kind == kind);

    /// <summary>How many files the newest copy says that it sent.</summary>
    private static async Task<int> SentAsync(Office office)
    {
        await using var connection = await office.Data.DatabaseOf(Company).OpenAsync(default);
        return (await connection.Command("SELECT body FROM log_entry WHERE kind = 'copy.made' ORDER BY seq DESC LIMIT 1").ListAsync(row => (int)JsonNode.Parse(row.GetFieldValue<byte[]>(0))!["predicate"]!["files"]!, default)).Single();
    }
}

using System.Text.Json.Nodes;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Features.Verify;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Room;

/// <param name="Package">The package as a folder or a zip.</param>
/// <param name="Auditor">How the one person there is called, for the record.</param>
internal sealed record RoomRequest(string Package, FolderRequest Checks, string Auditor);

/// <param name="Report">What was found when the package was checked.</param>
/// <param name="Folder">The data folder of the room; null when the package did not hold.</param>
/// <param name="Earlier">Rooms of the same engagement, from older packages.</param>
internal sealed record RoomDone(VerifyReport Report, string? Folder, RoomAbout? About, bool IsNew, IReadOnlyList<RoomAbout> Earlier);

/// <summary>
/// Makes a room out of a package, or finds the one that was made of it. Only a package that holds becomes one. All of it is there, or nothing:
/// it is made beside its place and moved there at the end.
/// </summary>
internal sealed class MakeRoom(RoomPlace place, TimeProvider clock)
{
    public const string MadeKind = "room.made";
    private const string CheckedKind = "room.checked";

    private const string Salt = ".salt";
    private const string Kept = "package";

    /// <summary>What is kept of the package in clear: all but the evidence, which is sealed.</summary>
    public static string KeptIn(DataFolder room) => Path.Combine(room.CompanyRoot(RoomMark.Company), Kept);

    /// <exception cref="BadInput">The package cannot be checked at all, is of no engagement, or lacks what a room needs.</exception>
    /// <exception cref="EvidenceException">A part of it is damaged.</exception>
    public async Task<RoomDone> RunAsync(RoomRequest request, CancellationToken stop)
    {
        var report = (await new VerifyFolder(request.Checks).RunAsync(stop)).Single().Report;
        if (report.ExitCode == Exit.No)
            return new RoomDone(report, null, null, false, []);
        if (report.Size is null)
            throw new BadInput([$"{request.Package}: this package cannot be checked, so no room is made of it.", .. report.Findings.Where(finding => finding.Outcome != Outcome.Checked).Select(finding => finding.Words)]);
        using var package = OpenedPackage.Open(request.Package);
        if (RoomRecords.Lacking(package).ToList() is { Count: > 0 } lacking)
            throw Lacks(request.Package, package, lacking);
        var log = RoomLog.Of(package.Log);
        var about = AboutOf(package, new RoomRecords(package, log).Engagement(), report, request);
        var earlier = place.All().Select(room => room.About).Where(room => room.ListDigest != about.ListDigest && room.Log == about.Log && room.Engagement == about.Engagement).ToList();
        if (place.Find(about.ListDigest, about.Title) is not { } there)
            return new RoomDone(report, await MakeAsync(package, log, about, stop), about, true, earlier);
        about = about with { Auditor = RoomAbout.Of(there).Auditor, MadeAt = RoomAbout.Of(there).MadeAt };
        await CheckedAgainAsync(there, about, stop);
        return new RoomDone(report, there, about, false, earlier);
    }

    private RoomAbout AboutOf(OpenedPackage package, Engagements.Engagement engagement, VerifyReport report, RoomRequest request)
    {
        var now = Micros.Round(clock.GetUtcNow());
        return new RoomAbout(
            package.ListDigest, package.Info("Source-Organization") ?? "A company", package.Log.Key.Name, request.Checks.Vkey ?? package.Log.Key.ToString(), package.Log.Size, engagement.Id, engagement.Title,
            report.IsSample, request.Auditor, now, now, report.Findings, report.Limits);
    }

    private async Task<string> MakeAsync(OpenedPackage package, RoomLog log, RoomAbout about, CancellationToken stop)
    {
        var room = place.For(about.ListDigest, about.Log);
        using var alone = place.Alone();
        var unfinished = place.Begin(room);
        try
        {
            await FillAsync(unfinished, package, log, about, stop);
            Directory.Move(unfinished, room);
            return room;
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    private async Task FillAsync(string folder, OpenedPackage package, RoomLog log, RoomAbout about, CancellationToken stop)
    {
        Private.CreateFolder(folder);
        await about.WriteAsync(folder, stop);
        var data = DataFolder.Open(folder);
        var database = data.DatabaseOf(RoomMark.Company);
        await new Migrator(database, clock).RunAsync(stop);
        await database.GuardAsync("The room was not made.", () => new RoomMark(about.MadeAt, about.Auditor, about.ListDigest).GiveAsync(database, stop));
        package.CopyTo(KeptIn(data), name => !IsSealed(name));
        using (var logs = new CompanyLogs(data, clock))
        {
            await SealAsync(data.VaultOf(RoomMark.Company, clock), package, log, stop);
            await using var records = new CompanyRecords(database);
            var own = await logs.OfAsync(RoomMark.Company);
            await records.ActAsync(own, () =>
            {
                records.AddRange(new RoomRecords(package, log).All());
                return Task.FromResult(Told(MadeKind, about));
            }, stop);
            await own.SealAsync(stop);
        }

        await LetInAsync(data, about, stop);
        database.Release();
        data.InstallationDatabase().Release();
    }

    /// <summary>Everything that comes in clear is sealed with the salt that it came with, so that the company's log still names it.</summary>
    private static async Task SealAsync(Vault vault, OpenedPackage package, RoomLog log, CancellationToken stop)
    {
        foreach (var name in package.Names.Where(name => name.StartsWith(Package.Blobs, StringComparison.Ordinal) && !name.EndsWith(Salt, StringComparison.Ordinal)))
        {
            var digest = name[(name.LastIndexOf('/') + 1)..];
            if (!Hash.TryParseHex(digest, out var hash) || package.TryRead(name + Salt) is not { } salt)
                throw new EvidenceException($"{name}: this piece of evidence has no salt, or no digest as its name");
            await using var bytes = package.OpenRead(name);
            await vault.KeepAgainAsync(log.MediaTypes[digest], bytes, salt, hash, stop);
        }
    }

    /// <summary>The one person there. They sign in by the link that the console shows.</summary>
    private async Task LetInAsync(DataFolder data, RoomAbout about, CancellationToken stop)
    {
        await InstallationRecords.MigrateAsync(data, clock, stop);
        await using var records = InstallationRecords.Of(data);
        var person = new Person { Name = about.Auditor, Email = about.Auditor, EmailKey = Person.KeyOf(about.Auditor), JoinedAt = about.MadeAt };
        await records.WriteAsync(_ =>
        {
            records.Add(person);
            records.Add(new Company { Id = RoomMark.Company, Title = about.Title, CreatedAt = about.MadeAt, CreatedBy = about.Auditor });
            records.Add(new Membership { CompanyId = RoomMark.Company, PersonId = person.Id, Role = Role.Auditor, GivenAt = about.MadeAt, GivenBy = about.Auditor });
            return Task.FromResult(true);
        }, stop);
    }

    /// <summary>A key or certificates that came later show on every page from now on.</summary>
    private async Task CheckedAgainAsync(string folder, RoomAbout about, CancellationToken stop)
    {
        var data = DataFolder.Open(folder);
        using var logs = new CompanyLogs(data, clock);
        var own = await logs.OfAsync(RoomMark.Company);
        await using (var records = new CompanyRecords(data.DatabaseOf(RoomMark.Company)))
            await records.ActAsync(own, () => Task.FromResult(Told(CheckedKind, about)), stop);
        await own.SealAsync(stop);
        await about.WriteAsync(folder, stop);
    }

    private static Entry Told(string kind, RoomAbout about) => Entry.Create(kind, about.CheckedAt, new JsonObject
    {
        ["listSha256"] = about.ListDigest,
        ["log"] = about.Log,
        ["key"] = about.Key,
        ["entries"] = about.Entries,
        ["engagement"] = about.Engagement,
        ["notChecked"] = new JsonArray([.. about.NotChecked.Select(finding => (JsonNode)finding.About)]),
        ["by"] = about.Auditor,
    });

    private static BadInput Lacks(string typed, OpenedPackage package, List<string> lacking) => lacking.Contains(Export.PackageFrame.File) && !package.Names.Any(name => name.StartsWith("data/engagement", StringComparison.Ordinal))
        ? new BadInput([
            $"{typed}: this package is of no engagement, and a room is always of one.",
            "Ask the company for another: plainproof export --engagement ID --out FILE. A package from an older Plainproof does not tell its engagement either: then the company exports it again.",
        ])
        : new BadInput([$"{typed}: this package was made by an older Plainproof and lacks what a room needs: {string.Join(", ", lacking)}.", "Ask the company to export it again."]);

    private static bool IsSealed(string name) =>
        name.StartsWith(Package.Blobs, StringComparison.Ordinal) || (name.StartsWith(Package.Populations, StringComparison.Ordinal) && name.Contains("/rows.", StringComparison.Ordinal));
}

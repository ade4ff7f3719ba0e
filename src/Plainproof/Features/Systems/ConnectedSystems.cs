using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Sources;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>The systems that a company connected. Every change is an entry of the company's log, without secrets.</summary>
/// <remarks>The caller has checked who may: nobody is asked for a role here, except where this machine itself is read.</remarks>
internal sealed class ConnectedSystems(SiteSettings settings, CompanyLogs logs, SourceLibrary library)
{
    private const int ShortestReason = 5;
    private const int LongestText = 500;

    private DateTimeOffset Now => Micros.Round(settings.Clock.GetUtcNow());

    /// <summary>The company's records, with its tables up to date.</summary>
    public async Task<CompanyRecords> OpenAsync(string company)
    {
        await logs.OfAsync(company);
        return new CompanyRecords(settings.Data.DatabaseOf(company));
    }

    public async Task<IReadOnlyList<Connection>> AllAsync(string company, CancellationToken stop)
    {
        await using var records = await OpenAsync(company);
        return await records.Set<Connection>().AsNoTracking().OrderBy(one => one.Name).ThenBy(one => one.Id).ToListAsync(stop);
    }

    public async Task<Connection?> FindAsync(string company, string id, CancellationToken stop)
    {
        await using var records = await OpenAsync(company);
        return await records.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
    }

    /// <summary>Sources that this role may connect here, and those that it may not with the reason.</summary>
    public IEnumerable<(ISource Source, string? Closed)> Offered(Role role) => library.All.Select(source =>
        (source, source.Info.Leads == AddressKind.Machine && !LocalReading.IsAllowed(settings, role) ? LocalReading.Why : null));

    /// <exception cref="BadInput">Every problem at once; nothing is stored, and no message holds a secret.</exception>
    public async Task<Connection> ConnectAsync(string company, string by, Role role, ISource source, Filling filling, CancellationToken stop)
    {
        Refuse(Problems(source, filling, role));
        await RealLogAsync(company, stop);
        var id = Guid.CreateVersion7().ToString("D");
        var file = filling.File is null ? null : UploadedFile.SafeName(filling.File.FileName);
        if (file is not null)
            await UploadedFile.SaveAsync(settings.Data, company, id, filling.File!, file, stop);
        try
        {
            var connection = new Connection
            {
                Id = id,
                Source = source.Info.Name,
                Name = filling.Name,
                Address = filling.Address,
                Options = JsonSerializer.Serialize(filling.Options),
                FileName = file,
                Scope = ScopeOf(source, TargetOf(company, id, source.Info, filling.Address, file, filling.Options, filling.Withheld)),
                Withheld = new SecretBox(settings.Data, company).Close(id, filling.Withheld),
                WithheldAt = Now,
                WithheldBy = by,
                ConnectedAt = Now,
                ConnectedBy = by,
            };
            Plan(connection, Timing.AtFirst(source.Info, connection.Scope), by);
            await ActAsync(company, "system.connected", by, connection, $"{connection.Name} was connected: {connection.Scope}. It is read {SystemWords.Of(connection.Timing)}.", async records =>
            {
                if (await records.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(other => other.Scope == connection.Scope, stop) is { } there)
                    throw new BadInput($"{connection.Scope} is connected already, as {there.Name}{(there.DisabledAt is null ? "" : ", and switched off")}. Change it there.");
                records.Add(connection);
                PlannedRuns.Begin(records, connection, Now);
            }, stop);
            return connection;
        }
        catch
        {
            UploadedFile.Remove(settings.Data, company, id);
            throw;
        }
    }

    /// <summary>Everything wrong with a form: what we see, and what the source sees without asking the system.</summary>
    public List<string> Problems(ISource source, Filling filling, Role role)
    {
        var info = source.Info;
        var problems = filling.Problems(info).ToList();
        if (LocalReading.Needs(info, filling.Address) && !LocalReading.IsAllowed(settings, role))
            problems.Add(info.Leads == AddressKind.Machine ? LocalReading.Why : $"Fill in the address. It looks like {info.Address!.Trim('[', ']')}. {LocalReading.Why}");
        if (info.Leads == AddressKind.Network && filling.Address is not null && info.Options.Any(option => option.Secret) && !info.Options.Any(option => option.Required && option.Secret)
            && !info.Options.Any(option => (option.Secret || option.Kind == OptionKind.SecretFile) && filling.Withheld.ContainsKey(option.Name)))
            problems.Add("Give a password or a key. What this machine's own account may open is not used for you.");
        if (info.Leads != AddressKind.File && (filling.Address is not null || info.Leads == AddressKind.Network) && problems.Count(problem => problem.StartsWith("The address", StringComparison.Ordinal)) == 0)
            problems.AddRange(SourceProblems(source, filling.Completed(info)));
        return [.. problems.Distinct()];
    }

    /// <summary>Signs in and reads nothing.</summary>
    /// <exception cref="BadInput">Every problem at once.</exception>
    public async Task<SignInOutcome> TestAsync(string company, Role role, ISource source, Filling filling, CancellationToken stop)
    {
        Refuse(Problems(source, filling, role));
        await RealLogAsync(company, stop);
        if (filling.File is not null)
            return new SignInOutcome(true, "The file can be taken. Its lines are read when you connect it and run.");
        return await SignInTest.RunAsync(new ConnectedSource(source, filling.Withheld), TargetOf(company, "", source.Info, filling.Address, null, filling.Options, filling.Withheld), stop);
    }

    public async Task<SignInOutcome> TestAsync(string company, Connection connection, CancellationToken stop)
    {
        var (source, target) = ReadyToRead(company, connection);
        return await SignInTest.RunAsync(source, target, stop);
    }

    /// <summary>What to read, with the secrets opened.</summary>
    /// <exception cref="BadInput">It cannot be read now; the message says why.</exception>
    public (ISource Source, Target Target) ReadyToRead(string company, Connection connection)
    {
        var source = library.Find(connection.Source) ?? throw new BadInput($"This build has no source '{connection.Source}'.");
        if (LocalReading.Needs(source.Info, connection.Address) && !LocalReading.IsAllowed(settings))
            throw new BadInput(LocalReading.Why);
        var withheld = new SecretBox(settings.Data, company).Open(connection.Id, connection.Withheld);
        var target = TargetOf(company, connection.Id, source.Info, connection.Address, connection.FileName, connection.OptionValues(), withheld);
        ScopeOf(source, target);
        return (new ConnectedSource(source, withheld), target);
    }

    /// <summary>Puts new secrets, or a new file, in the place of the old ones. The old ones are gone.</summary>
    public async Task ReplaceAsync(string company, string by, Connection seen, Filling filling, CancellationToken stop)
    {
        var info = library.Find(seen.Source)!.Info;
        if (filling.Withheld.Count == 0 && filling.File is null)
            throw new BadInput("Nothing was given. Type the new secret, or choose the new file.");
        Refuse(info.Leads == AddressKind.File && UploadedFile.Problem(info, filling.File) is { } file ? [file] : [.. filling.Problems(info).Where(problem => problem.Contains("paste the text itself", StringComparison.Ordinal))]);
        var box = new SecretBox(settings.Data, company);
        await ChangeAsync(company, "system.secret-replaced", by, seen, $"{seen.Name}: {(filling.File is null ? "the secret" : "the file")} was replaced.", async connection =>
        {
            if (filling.File is not null)
            {
                if (!string.Equals(Path.GetExtension(filling.File.FileName), Path.GetExtension(connection.FileName), StringComparison.OrdinalIgnoreCase))
                    throw new BadInput($"The new file must end in {Path.GetExtension(connection.FileName)}, as the first one did.");
                await UploadedFile.SaveAsync(settings.Data, company, connection.Id, filling.File, connection.FileName!, stop);
            }

            if (filling.Withheld.Count > 0)
                connection.Withheld = box.Close(connection.Id, Merged(box, connection, filling.Withheld));
            (connection.WithheldAt, connection.WithheldBy) = (Now, by);
        }, stop);
    }

    public Task SwitchOffAsync(string company, string by, Connection seen, CancellationToken stop) =>
        ReplanAsync(company, "system.switched-off", by, seen, $"{seen.Name} is no longer read.", connection => (connection.DisabledAt, connection.DisabledBy) = (Now, by), stop);

    public Task SwitchOnAsync(string company, string by, Connection seen, CancellationToken stop) =>
        ReplanAsync(company, "system.switched-on", by, seen, $"{seen.Name} is read again.", connection => (connection.DisabledAt, connection.DisabledBy) = (null, null), stop);

    public Task ScheduleAsync(string company, string by, Connection seen, Timing timing, CancellationToken stop) =>
        ReplanAsync(company, "system.scheduled", by, seen, $"{seen.Name} is read {SystemWords.Of(timing)}.", connection => Plan(connection, timing, by), stop);

    public async Task<IReadOnlyList<Exclusion>> ExclusionsAsync(string company, CancellationToken stop)
    {
        await using var records = await OpenAsync(company);
        return await records.Set<Exclusion>().AsNoTracking().OrderByDescending(one => one.DecidedAt).ToListAsync(stop);
    }

    /// <summary>Names of computers in use that a directory knows and that no connected host or domain is.</summary>
    public async Task<IReadOnlyList<string>> UnwatchedAsync(string company, CancellationToken stop)
    {
        await using var store = await CompanyStore.OpenAsync(settings.Data, company, settings.Clock, stop);
        var known = await store.ReadAsync(settings.Clock.GetUtcNow(), stop);
        var watched = known.Facts.OfType<Facts.Dated<Facts.Host>>().Select(host => ShortName(host.Value.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. known.Facts.OfType<Facts.Dated<Facts.Computer>>().Select(one => one.Value).Where(computer => computer.Enabled && !watched.Contains(ShortName(computer.Name))).Select(computer => computer.Name).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
    }

    public async Task ExcludeAsync(string company, string by, string what, string reason, CancellationToken stop)
    {
        Refuse([
            .. what.Length is 0 or > LongestText ? [$"Name the system, in at most {LongestText} characters."] : Array.Empty<string>(),
            .. reason.Length is < ShortestReason or > LongestText ? ["Say why it is left out. An auditor reads this."] : Array.Empty<string>(),
        ]);
        var exclusion = new Exclusion { What = what, Reason = reason, DecidedAt = Now, DecidedBy = by };
        await WriteAsync(company, "scope.excluded", by, exclusion.Id, $"{what} is left out: {reason}", records => Done(() => records.Add(exclusion)), stop);
    }

    public async Task IncludeAsync(string company, string by, string id, CancellationToken stop) =>
        await WriteAsync(company, "scope.included", by, id, "The exclusion was ended.", async records =>
        {
            var exclusion = await records.Set<Exclusion>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There is no such exclusion.");
            (exclusion.EndedAt, exclusion.EndedBy) = (Now, by);
        }, stop);

    private static string ShortName(string name) => name.Split('.')[0].TrimEnd('$');

    private static Dictionary<string, string> Merged(SecretBox box, Connection connection, IReadOnlyDictionary<string, string> given)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var (name, value) in box.Open(connection.Id, connection.Withheld))
                all[name] = value;
        }
        catch (BadInput)
        {
            all.Clear(); // What cannot be opened any more is replaced as a whole.
        }

        foreach (var (name, value) in given)
            all[name] = value;
        return all;
    }

    private Target TargetOf(string company, string id, SourceInfo info, string? address, string? file, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> withheld) =>
        Target.Filled(info, file ?? address, file is null ? null : Path.Combine(UploadedFile.FolderOf(settings.Data, company, id), file), options, withheld);

    private static string ScopeOf(ISource source, Target target)
    {
        try
        {
            return source.ScopeOf(target);
        }
        catch (BadTarget e)
        {
            throw new BadInput(e.Problems);
        }
    }

    private static IReadOnlyList<string> SourceProblems(ISource source, Filling filling)
    {
        try
        {
            source.ScopeOf(Target.Filled(source.Info, filling.Address, null, filling.Options, filling.Withheld));
            return [];
        }
        catch (BadTarget e)
        {
            return e.Problems;
        }
    }

    private static void Refuse(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new BadInput(problems);
    }

    private static Task Done(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    /// <summary>A change after which other moments are planned. What was due until now keeps its fate; what was to come is planned anew.</summary>
    private Task ReplanAsync(string company, string kind, string by, Connection seen, string says, Action<Connection> change, CancellationToken stop) =>
        ActAsync(company, kind, by, seen, says, async records =>
        {
            var connection = await ExpectedAsync(records, seen, stop);
            await PlannedRuns.WithdrawAsync(records, connection, Now, stop);
            change(connection);
            PlannedRuns.Begin(records, connection, Now);
        }, stop);

    private void Plan(Connection connection, Timing timing, string by)
    {
        (connection.HowOften, connection.Minute, connection.Weekday, connection.Zone) = (timing.Often, timing.Minute, timing.Weekday, timing.Zone);
        (connection.ScheduledAt, connection.ScheduledBy) = (Now, by);
    }

    private static async Task<Connection> ExpectedAsync(CompanyRecords records, Connection seen, CancellationToken stop)
    {
        var connection = await records.Set<Connection>().SingleOrDefaultAsync(one => one.Id == seen.Id, stop) ?? throw new BadInput("There is no such system.");
        records.Expect(connection, seen.Version);
        return connection;
    }

    private Task ChangeAsync(string company, string kind, string by, Connection seen, string says, Func<Connection, Task> change, CancellationToken stop) =>
        ActAsync(company, kind, by, seen, says, async records => await change(await ExpectedAsync(records, seen, stop)), stop);

    /// <summary>The log of a company that real systems may be connected to.</summary>
    /// <exception cref="DataProblem">The company is the sample.</exception>
    private async Task<EvidenceLog> RealLogAsync(string company, CancellationToken stop)
    {
        var log = await logs.OfAsync(company);
        await SampleMark.RefuseAsync(settings.Data.DatabaseOf(company), "Nothing was connected or changed.", stop);
        return log;
    }

    private Task ActAsync(string company, string kind, string by, Connection about, string says, Func<CompanyRecords, Task> work, CancellationToken stop) =>
        WriteAsync(company, kind, by, about.Scope, says, work, stop);

    private async Task WriteAsync(string company, string kind, string by, string subject, string says, Func<CompanyRecords, Task> work, CancellationToken stop)
    {
        var log = await RealLogAsync(company, stop);
        await using (var records = await OpenAsync(company))
        {
            await records.ActAsync(log, async () =>
            {
                await work(records);
                return Entry.Create(kind, Now, new JsonObject { ["subject"] = subject, ["by"] = by, ["says"] = says });
            }, stop);
        }

        await log.SealAsync(stop);
    }
}

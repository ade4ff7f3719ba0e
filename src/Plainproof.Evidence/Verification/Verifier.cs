using System.Data.Common;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// Checks a company's folder and says of each part: checked, failed or not checked. Trusts nothing in the folder that a key or a
/// certificate from outside does not vouch for, and changes nothing.
/// </summary>
public static class Verifier
{
    private const int Attempts = 3;

    /// <exception cref="OperationCanceledException">Stopped; there is no partial report.</exception>
    public static async Task<VerifyReport> VerifyAsync(VerifyRequest request, CancellationToken stop)
    {
        if (Package.Is(request.Folder)) return await VerifyPackageAsync(request, stop);
        for (var attempt = 1; ; attempt++)
        {
            var reading = new Verification(request, new PublishedLog(Path.Combine(request.Folder, "log")));
            var report = await reading.RunAsync(stop);
            // A log that grew under our eyes is read again: its files may have been between two states.
            if (report.ExitCode == 0 || attempt == Attempts || !reading.LogChanged()) return report;
        }
    }

    /// <summary>A package does not change while it is read, and has no database.</summary>
    private static async Task<VerifyReport> VerifyPackageAsync(VerifyRequest request, CancellationToken stop)
    {
        try
        {
            using var files = Package.Open(request.Folder);
            return await new Verification(request with { Database = null, Keys = null }, new PublishedLog(files.Below(Package.Log)), files).RunAsync(stop);
        }
        catch (InvalidDataException damaged)
        {
            return new VerifyReport([new Finding("package", Outcome.Failed, $"The package cannot be unpacked: {damaged.Message.TrimEnd('.')}. Nothing else was checked.")], [], null);
        }
    }

    /// <summary>One reading of the folder.</summary>
    private sealed class Verification(VerifyRequest request, PublishedLog files, IFileTree? packed = null)
    {
        private readonly FindingList _findings = new();
        private byte[]? _note;
        private PackageCheck? _package;

        public bool LogChanged() => _note is not null && !_note.AsSpan().SequenceEqual(files.TryRead("checkpoint"));

        public async Task<VerifyReport> RunAsync(CancellationToken stop)
        {
            if (packed is not null) _package = new PackageCheck(packed, _findings);
            try
            {
                return await ReadAsync(stop);
            }
            catch (InvalidDataException damaged) when (packed is not null)
            {
                _findings.Failed("package", $"A file cannot be unpacked, so the rest was not checked: {damaged.Message.TrimEnd('.')}.");
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                _findings.NotChecked("files", $"A file could not be read, so the rest was not checked: {unreadable.Message}");
            }
            catch (DbException unreadable)
            {
                // The files stand on their own, such as those on a read-only disk.
                var alone = await new Verification(request with { Database = null }, files).RunAsync(stop);
                return alone with { Findings = [.. alone.Findings, new Finding("database", Outcome.NotChecked, $"The database could not be read: {unreadable.Message}")] };
            }

            return _findings.ToReport(null);
        }

        private async Task<VerifyReport> ReadAsync(CancellationToken stop)
        {
            _package?.CheckFiles(stop);
            if (!files.Exists) _findings.NotChecked("checkpoint", $"There is no log in {request.Folder}.");
            else if (Key() is { } key && Signed(key) is { } signed) return await ReadAsync(key, signed, stop);
            return _findings.ToReport(null);
        }

        private async Task<VerifyReport> ReadAsync(NoteKey key, Checkpoint signed, CancellationToken stop)
        {
            var company = CompanyOf(signed.Origin);
            await using var database = request.Database is { } given
                ? await DatabaseCheck.OpenAsync(given, company, _findings, stop)
                : null;
            var tree = new TreeCheck(files, signed, _findings);
            if (!await tree.RunAsync(database, stop)) return NotChecked(signed, "the entries cannot be trusted");

            var names = files.All().ToList();
            var history = new Lazy<TileTree>(() => new TileTree(signed.Size, signed.Root, files.Read));
            var rootAt = RootReader(signed, history);
            new OtherFilesCheck(files, signed, key, rootAt, _findings).Run(names);
            foreach (var (name, kept) in request.Kept) CheckKept(name, kept, key, signed, rootAt);
            new AnchorCheck(files, key, rootAt, request, _findings).Run(tree.Content, names);
            if (_package is null) new BlobCheck(request.Folder, company, request.Keys, _findings).Run(tree.Content, stop);
            else _package.CheckAgainstLog(tree.Content, history.Value, _note!, key, stop);
            if (database is not null) await database.FinishAsync(tree.Edge, key, stop);
            else if (_package is null) _findings.Limits.Add("Only the files were checked, not the database they were written from.");
            AddLimits();
            return _findings.ToReport(signed.Size) with { IsSample = tree.Content.IsSample };
        }

        private NoteKey? Key()
        {
            try
            {
                if (request.Vkey is { } outside)
                {
                    var key = NoteKey.Parse(outside);
                    _findings.Checked("key", $"The key {key.Name} came from outside the folder.");
                    RequireSameInside(key);
                    return key;
                }

                if (files.TryRead("log.vkey") is { } inside) return SelfAsserted(NoteKey.Parse(Encoding.UTF8.GetString(inside)));
                _findings.NotChecked("key", "No key was given and the folder has none.");
            }
            catch (NoteException bad)
            {
                _findings.Failed("key", $"{bad.Message}.");
            }

            return null;
        }

        private NoteKey SelfAsserted(NoteKey key)
        {
            if (packed is null) _findings.Checked("key", $"The key {key.Name} is self-asserted: it came from the folder it is to prove.");
            else _findings.NotChecked("key", $"The key {key.Name} is self-asserted: it came with the package that it is to prove. Give the key that you got another way.");
            RequireSameInside(key);
            _findings.Limits.Add("The key is self-asserted. Whoever made this folder could have made the key. Ask for the key another way.");
            return key;
        }

        private void RequireSameInside(NoteKey key)
        {
            if (files.TryRead("log.vkey") is { } inside && !inside.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(key + "\n")))
                _findings.Failed("key", "log/log.vkey was changed or is another key.");
        }

        private Checkpoint? Signed(NoteKey key)
        {
            try
            {
                var signed = Checkpoint.Open((_note = files.TryRead("checkpoint")) ?? throw new NoteException("log/checkpoint is missing"), key);
                _findings.Checked("checkpoint", $"The checkpoint of {Counted.Of(signed.Size, "entry", "entries")} is signed by {key.Name}.");
                return signed;
            }
            catch (NoteException untrusted)
            {
                _findings.Failed("checkpoint", $"{untrusted.Message}. Nothing else was checked.");
                return null;
            }
        }

        private VerifyReport NotChecked(Checkpoint signed, string why)
        {
            string[] rest = _package is null ? ["other files", "anchors", "evidence files"] : ["other files", "anchors", "evidence files", "proofs", "populations", "index"];
            foreach (var about in rest) _findings.NotChecked(about, $"Not checked: {why}.");
            if (request.Kept.Count > 0) _findings.NotChecked("kept checkpoint", $"Not checked: {why}.");
            if (request.Database is not null) _findings.NotChecked("database", $"Not checked to the end: {why}.");
            return _findings.ToReport(signed.Size);
        }

        private void CheckKept(string name, byte[] kept, NoteKey key, Checkpoint signed, Func<long, Hash> rootAt)
        {
            try
            {
                var old = Checkpoint.Open(kept, key);
                if (old.Size > signed.Size)
                    _findings.Failed("kept checkpoint", $"{name} knows {Counted.Of(old.Size, "entry", "entries")}, the log only {signed.Size}. The log was set back.");
                else if (old.Root != rootAt(old.Size))
                    _findings.Failed("kept checkpoint", $"{name} is of another history. The log was rewritten after it was kept.");
                else
                    _findings.Checked("kept checkpoint", $"The first {Counted.Of(old.Size, "entry is the one", "entries are those")} that {name} was kept for.");
            }
            catch (NoteException untrusted)
            {
                _findings.Failed("kept checkpoint", $"{name}: {untrusted.Message}.");
            }
            catch (InvalidDataException damaged)
            {
                _findings.NotChecked("kept checkpoint", $"{name} was not checked: {damaged.Message}.");
            }
        }

        /// <summary>Roots of earlier sizes, out of tiles that are proven again on the way.</summary>
        private static Func<long, Hash> RootReader(Checkpoint signed, Lazy<TileTree> history) => size => size <= signed.Size
            ? history.Value.RootAt(size)
            : throw new InvalidDataException($"the log has only {signed.Size} entries, not {size}");

        private void AddLimits()
        {
            if (request.Kept.Count == 0)
                _findings.Limits.Add("No checkpoint kept elsewhere was given. Without one, a full rewrite before the first time stamp stays unseen.");
            if (request.TimestampRoots is not null) _findings.Limits.Add("Whether a certificate of the time-stamp authority was revoked was not looked up.");
            _findings.Limits.Add("A log cannot show that its sources told the truth, or that everything was recorded.");
        }

        /// <summary>The name in the origin is whatever the signer wrote: it becomes part of paths, so only a proper one is used.</summary>
        private static string CompanyOf(string origin) =>
            origin.Split('/') is [_, var company, ..] && CompanyFolder.IsCompany(company) ? company : "company";
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Import;

/// <summary>
/// Reads a report of a scanner: SARIF, CycloneDX, Trivy or Grype. What it tells is never taken for complete: no report shows
/// that everything was scanned.
/// </summary>
internal sealed partial class ImportSource : ISource
{
    private static readonly string[] Marks = ["/version", "/$schema", "/bomFormat", "/specVersion", "/SchemaVersion", "/ArtifactName", "/descriptor/name"];

    public SourceInfo Info { get; } = new(
        "import", 1, "Scanner reports", "A report of a scanner, as a file. It can be SARIF 2.1.0, CycloneDX 1.4 to 1.7, Trivy or Grype JSON, and packed.",
        "FILE", "--source \"import=trivy.json?asset=shop-api\"",
        [
            new SourceOption("name", "A short name for the report. Left out: the name of the file."),
            new SourceOption("asset", "The repository, image or host that was scanned, where the report does not say."),
            new SourceOption("scanned", "When it was scanned, where the report does not say: 2026-03-31T09:30:00Z."),
        ],
        [
            new Offer(Aspect.Of<Weakness>(), [], "reads the file, asks no system"),
            new Offer(Aspect.Of<WeaknessScan>(), [], "reads the file, asks no system"),
        ],
        "Reads one file as a stream, a few times over.")
    { Leads = AddressKind.File };

    public string ScopeOf(Target target) => $"import:{NotPlain().Replace((target.Option("name") ?? Path.GetFileName(target.Address!)).ToLowerInvariant(), "-")}";

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var told = new Told(target.Option("asset"), ScannedAt(target), Path.GetFileName(target.Address!));
        var file = new ImportFile(target.Address!);
        try
        {
            var format = await TellApartAsync(file, told, stop);
            sink.Progress($"{format.Name} report {file.Name}");
            foreach (var patterns in format.Before)
                await WalkAsync(file, patterns, found => Done(() => format.Learn(found)), stop);
            await using (var kept = file.Open())
                await new Run(this, target, file, format, wanted, sink, await sink.KeepAsync("application/json", kept, stop)).ReadAsync(stop);
        }
        catch (InvalidDataException e)
        {
            throw new BadTarget($"{file.Path}: the packed file is damaged: {e.Message} Make it again.");
        }
    }

    /// <summary>Looks at the names at the top, never at the name of the file.</summary>
    private static async Task<ReportFormat> TellApartAsync(ImportFile file, Told told, CancellationToken stop)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var text = file.Open();
        var scan = new JsonScan(Marks, found => Done(() => marks[found.Pattern] = found.Value.ToString())) { AtTop = name => marks.TryAdd("/" + name, "") };
        var end = await scan.RunAsync(text, stop);

        ReportFormat? format =
            marks.ContainsKey("/runs") && (marks.ContainsKey("/version") || IsSarif(marks)) ? new Sarif { Told = told }
            : marks.GetValueOrDefault("/bomFormat") == "CycloneDX" ? new CycloneDx { Told = told }
            : marks.ContainsKey("/ArtifactName") && marks.ContainsKey("/SchemaVersion") ? new Trivy { Told = told }
            : marks.ContainsKey("/matches") && marks.GetValueOrDefault("/descriptor/name", "grype") == "grype" ? new Grype { Told = told }
            : null;
        var wrong = format switch
        {
            null when end.Broken is not null => $"this is not a report: {end.Broken} (at byte {end.Bytes}).",
            null => "this is no report that is read here. It can be SARIF 2.1.0, CycloneDX 1.4 to 1.7, Trivy JSON or Grype JSON.",
            Sarif when marks.GetValueOrDefault("/version", "2.1.0") is var version and not "2.1.0" => $"SARIF {version} is not read. Let the tool write 2.1.0.",
            CycloneDx when marks.GetValueOrDefault("/specVersion") is var version and not ("1.4" or "1.5" or "1.6" or "1.7") => $"CycloneDX {version} is not read. Let the tool write 1.4 to 1.7.",
            _ => null,
        };
        return wrong is null ? format! : throw new BadTarget($"{file.Path}: {wrong}");
    }

    private static bool IsSarif(Dictionary<string, string> marks) => marks.GetValueOrDefault("/$schema", "").Contains("sarif", StringComparison.OrdinalIgnoreCase);

    private static async Task<ScanEnd> WalkAsync(ImportFile file, IReadOnlyCollection<string> patterns, Func<Found, ValueTask> take, CancellationToken stop)
    {
        await using var text = file.Open();
        return await new JsonScan(patterns, take).RunAsync(text, stop);
    }

    private static ValueTask Done(Action act)
    {
        act();
        return ValueTask.CompletedTask;
    }

    private static DateTimeOffset? ScannedAt(Target target)
    {
        if (target.Option("scanned") is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new BadTarget($"{target.AsTyped}: scanned={text} must be a moment such as 2026-03-31T09:30:00Z.");
    }

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex NotPlain();

    /// <summary>The last walk: weaknesses become facts as they come.</summary>
    private sealed class Run(ImportSource source, Target target, ImportFile file, ReportFormat format, IReadOnlySet<Aspect> wanted, ISink sink, Digest kept)
    {
        private readonly string _scope = source.ScopeOf(target);
        private readonly Dictionary<(string Tool, string Asset), Tally> _tallies = [];
        private readonly Dictionary<UInt128, int> _names = [];
        private long _findings;

        public async Task ReadAsync(CancellationToken stop)
        {
            var end = await WalkAsync(file, format.Weaknesses, found => TakeAsync(found, stop), stop);
            sink.Called(new Call($"read {format.Name} file", 1, _findings, end.Bytes));
            var scans = format.Scans(_tallies).ToList();
            if (wanted.Contains(Aspect.Of<WeaknessScan>()))
                foreach (var (scan, at) in scans)
                    await sink.AddAsync(Fact.Of(Subjects.Of(_scope, "scan", Unique($"{scan.Tool}/{scan.Target}")), scan, new Pointer(kept, at)), stop);
            var by = string.Join(", ", scans.Select(pair => pair.Scan.Tool).Distinct(StringComparer.Ordinal));
            foreach (var (aspect, read) in new[] { (Aspect.Of<Weakness>(), _findings), (Aspect.Of<WeaknessScan>(), scans.Count) })
                if (wanted.Contains(aspect))
                    await sink.CoverAsync(Line(aspect, read, end, by), stop);
        }

        private async ValueTask TakeAsync(Found found, CancellationToken stop)
        {
            foreach (var weakness in format.Read(found))
            {
                var tally = _tallies.TryGetValue((weakness.Tool, weakness.Asset), out var known) ? known : _tallies[(weakness.Tool, weakness.Asset)] = new Tally();
                tally.Add(weakness);
                _findings++;
                if (!wanted.Contains(Aspect.Of<Weakness>()))
                    continue;
                var thing = string.Join('@', new[] { weakness.Package ?? weakness.Where, weakness.Installed }.Where(part => part is not null));
                var name = Unique(string.Join('/', new[] { weakness.Asset, weakness.Id, thing }.Where(part => part.Length > 0)));
                await sink.AddAsync(Fact.Of(Subjects.Of(_scope, "finding", name), weakness, new Pointer(kept, found.Pointer)), stop);
            }
        }

        private Coverage Line(Aspect aspect, long read, ScanEnd end, string by) => end.Broken is { } broken
            ? new Coverage(
                aspect, _scope, Completeness.Partial, $"The {format.Name} report {file.Name} cannot be read past byte {end.Bytes}: {broken}. {_findings} findings came before that.",
                "Let the tool write the report again, and check that the copy is whole.", read)
            : new Coverage(
                aspect, _scope, Completeness.Unproven, $"The {format.Name} report of {by} does not show that everything was scanned.",
                "Compare what was scanned with your list of systems, and note it with the report.", read);

        /// <summary>The same weakness can be there twice, in two places that have one name; the second gets a number.</summary>
        private string Unique(string name)
        {
            ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))), out _);
            times++;
            return times == 1 ? name : $"{name}#{times}";
        }
    }
}

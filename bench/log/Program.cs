using System.Globalization;
using Plainproof.Bench.Log;

// Measures the evidence log beside what this machine can do at best, in turn, in one run.
// One line a measure: name  ours  peer  ratio  unit  (runs, spread)
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var entries = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
var root = Directory.CreateTempSubdirectory("plainproof-bench-").FullName;
try
{
    var log = new BenchLog(root);
    await log.OpenAsync();
    await Measure.ReportAsync("append, batch 256", "entries/s to fsync/s", runs, () => log.AppendAsync(256, 40), () => Floors.FsyncsAsync(root));
    await Measure.ReportAsync("append, batch 1", "entries/s to fsync/s", runs, () => log.AppendAsync(1, 100), () => Floors.FsyncsAsync(root));
    await log.GrowToAsync(entries);
    await Measure.ReportAsync("verify, files", "entries/s to openssl hashes", runs, log.VerifyFilesAsync, () => Floors.HashedEntriesAsync(log.EntryBytes));
    await Measure.ReportAsync("verify, files and rows", "entries/s to openssl hashes", runs, log.VerifyAllAsync, () => Floors.HashedEntriesAsync(log.EntryBytes));
    await Measure.ReportAsync("seal a blob", "MB/s to openssl SHA-256", runs, log.KeepAsync, Floors.HashedMegabytesAsync);
    log.Close();
}
finally
{
    Directory.Delete(root, recursive: true);
}

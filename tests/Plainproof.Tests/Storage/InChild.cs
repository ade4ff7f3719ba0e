using System.Diagnostics;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Tests.Storage;

/// <summary>
/// Runs before the entry point of a second copy of the tests when the environment asks for it (DOTNET_STARTUP_HOOKS), so that a test
/// can kill a process that writes.
/// </summary>
internal sealed class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(InChild.Variable) is not { } asked)
            return;
        var words = asked.Split('|');
        Environment.Exit(InChild.RunAsync(words[0], words[1..]).GetAwaiter().GetResult());
    }
}

namespace Plainproof.Tests.Storage
{
    /// <summary>What a second process does to a data folder while the test watches or kills it.</summary>
    internal static class InChild
    {
        public const string Variable = "PLAINPROOF_TEST_CHILD";
        private static readonly DateTimeOffset Day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public static Process Start(string what, params string[] words)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
                start.ArgumentList.Add(typeof(InChild).Assembly.Location);
            start.Environment[Variable] = string.Join('|', [what, .. words]);
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(InChild).Assembly.Location;
            return Process.Start(start)!;
        }

        public static async Task<int> RunAsync(string what, string[] words)
        {
            try
            {
                await (what switch
                {
                    "collect" => CollectAsync(words[0], words[1], int.Parse(words[2]), int.Parse(words[3])),
                    "migrate" => MigrateSlowlyAsync(words[0]),
                    "act" => Records.NotesInChild.ActAsync(words[0], words[1]),
                    _ => throw new ArgumentException(what),
                });
                return 0;
            }
            catch (Exception e)
            {
                Console.Error.WriteLine(e);
                return 1;
            }
        }

        /// <summary>Collects the same accounts again and again, all enabled or all disabled, and tells of each collection that is stored.</summary>
        private static async Task CollectAsync(string data, string scope, int accounts, int times)
        {
            await using var store = await CompanyStore.OpenAsync(DataFolder.Open(data), "acme", TimeProvider.System, default);
            var before = (await store.CollectionsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default)).Count(one => one.Scope == scope);
            for (var i = before; i < before + times; i++)
            {
                var enabled = i % 2 == 0;
                await StoreTests.CollectAsync(store, Day.AddSeconds(i), Completeness.Complete, Enumerable.Range(0, accounts).Select(n => new Account($"u{n}", enabled)), scope: scope);
                Console.WriteLine($"stored {i}");
            }
        }

        private static async Task MigrateSlowlyAsync(string data)
        {
            var database = DataFolder.Open(data).DatabaseOf("acme");
            var slow = Migration.Of("20990101000001_slow", database.Dialect == "sqlite"
                ? "CREATE TABLE half (company TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000) SELECT COUNT(*) FROM n"
                : "CREATE TABLE half (company TEXT); SELECT pg_sleep(25)");
            Console.WriteLine("begun");
            await new Migrator(database, [.. Migration.All(database.Dialect), slow], TimeProvider.System).RunAsync(default);
        }
    }
}

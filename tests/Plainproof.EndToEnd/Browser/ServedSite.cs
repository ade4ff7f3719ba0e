using Plainproof.EndToEnd.Program;

namespace Plainproof.EndToEnd.Browser;

/// <summary><c>plainproof serve</c> as people start it, on a free port.</summary>
internal sealed class ServedSite : IAsyncDisposable
{
    private readonly Started _started;

    private ServedSite(Desk desk, Started started, Uri address, Uri firstOwner) => (Desk, _started, Address, FirstOwner) = (desk, started, address, firstOwner);

    public Desk Desk { get; }

    public Uri Address { get; }

    /// <summary>The link that lets the first person in.</summary>
    public Uri FirstOwner { get; }

    public static Task<ServedSite> StartAsync(params string[] arguments) => StartWithAsync(null, arguments);

    /// <param name="config">What <c>config.json</c> holds.</param>
    public static async Task<ServedSite> StartWithAsync(string? config, params string[] arguments)
    {
        var desk = new Desk();
        if (config is not null)
        {
            Directory.CreateDirectory(desk.Data);
            await File.WriteAllTextAsync(Path.Combine(desk.Data, "config.json"), config);
        }

        var started = desk.Start(["serve", "--address", "http://localhost:0", .. arguments]);
        var line = await started.LineAsync("Plainproof is open at ");
        var first = await started.LineAsync("Nobody has an account yet.");
        return new ServedSite(desk, started, new Uri(line["Plainproof is open at ".Length..].Split(". ")[0]), new Uri(first[first.IndexOf("http", StringComparison.Ordinal)..]));
    }

    public ValueTask DisposeAsync()
    {
        _started.Dispose();
        Desk.Dispose();
        return ValueTask.CompletedTask;
    }
}

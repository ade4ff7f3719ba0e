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

    public static async Task<ServedSite> StartAsync(params string[] arguments)
    {
        var desk = new Desk();
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

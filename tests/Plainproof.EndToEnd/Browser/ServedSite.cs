using Plainproof.EndToEnd.Program;

namespace Plainproof.EndToEnd.Browser;

/// <summary><c>plainproof serve</c> as people start it, on a free port.</summary>
internal sealed class ServedSite : IAsyncDisposable
{
    private readonly Started _started;

    private ServedSite(Desk desk, Started started, Uri address) => (Desk, _started, Address) = (desk, started, address);

    public Desk Desk { get; }

    public Uri Address { get; }

    public static async Task<ServedSite> StartAsync(params string[] arguments)
    {
        var desk = new Desk();
        var started = desk.Start(["serve", "--address", "http://localhost:0", .. arguments]);
        var line = await started.LineAsync("Plainproof is open at ");
        return new ServedSite(desk, started, new Uri(line["Plainproof is open at ".Length..].Split(". ")[0]));
    }

    public ValueTask DisposeAsync()
    {
        _started.Dispose();
        Desk.Dispose();
        return ValueTask.CompletedTask;
    }
}

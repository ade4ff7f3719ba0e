using Plainproof.Storage;
using Plainproof.Tests.Servers;
using Plainproof.Web;

namespace Plainproof.Tests.Web;

/// <summary>The whole site on a free port of this machine, on a data folder of its own.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Site _site;

    private RunningSite(TemporaryFolder folder, Site site) => (_folder, _site) = (folder, site);

    public Uri Address => _site.Listening;

    public string Data => _folder.File("data");

    public IServiceProvider Services => _site.Services;

    public Site Inside => _site;

    /// <param name="config">What <c>config.json</c> holds.</param>
    public static async Task<RunningSite> StartAsync(Func<SiteSettings, SiteSettings>? change = null, string? config = null)
    {
        var folder = new TemporaryFolder();
        if (config is not null)
            folder.Write("data/config.json", config);
        var settings = new SiteSettings(DataFolder.Open(folder.File("data")), new Uri("http://localhost:0"), TimeProvider.System);
        return new RunningSite(folder, await Site.StartAsync(change?.Invoke(settings) ?? settings, CancellationToken.None));
    }

    /// <summary>A browser without script: it keeps cookies and follows redirects when asked to.</summary>
    public Visitor Visit(bool follow = true) => new(Address, follow);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }
}

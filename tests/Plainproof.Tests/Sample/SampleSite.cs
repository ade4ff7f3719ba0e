using Plainproof.Cli;
using Plainproof.Tests.People;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Sample;

/// <summary>A site with Acme, and with a sample company that Acme's owner made by the button. Made once for all tests of one database.</summary>
public abstract class SampleSite(bool postgresql) : IAsyncLifetime
{
    internal Office Office { get; private set; } = null!;

    /// <summary>Acme's owner.</summary>
    internal Visitor Olga { get; private set; } = null!;

    /// <summary>What the button led to.</summary>
    internal Seen Made { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Office = await Office.OpenAsync(postgresql);
        Olga = await Office.FirstOwnerAsync();
        Made = await Olga.SubmitAsync(await Olga.GetAsync("/sample"), [], "value=\"make\"");
    }

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a command on the site's own data folder.</summary>
    internal async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        using var said = new StringWriter();
        var exit = await CommandLine.RunAsync([.. arguments, "--data", Office.Data.Path], TextReader.Null, said, said);
        return (exit, said.ToString());
    }
}

public sealed class SampleSiteOnSqlite() : SampleSite(false);

public sealed class SampleSiteOnPostgresql() : SampleSite(true);

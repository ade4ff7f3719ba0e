using Xunit;

namespace Plainproof.EndToEnd.Browser;

/// <summary>Every open page at both widths and in both themes.</summary>
public sealed class SiteLooksTests
{
    [Fact]
    public async Task The_open_pages_are_good_to_look_at_and_to_listen_to()
    {
        await using var site = await ServedSite.StartAsync();
        await using var browser = await Chromium.StartAsync();
        foreach (var (path, name) in new[] { ("/", "start"), ("/no-such-page", "no-such-page") })
            await browser.AssertGoodEverywhereAsync(site.Address, path, name);
    }
}

using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Web;
using Xunit;

namespace Plainproof.Tests.Web;

public sealed class SiteTests
{
    [Fact]
    public async Task Another_host_name_is_refused_so_that_no_foreign_page_can_reach_this_machine_through_DNS()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "rebound.example" } };

        using var answer = await visitor.Client.SendAsync(asked);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    public async Task Every_answer_tells_the_browser_what_to_refuse(string path, HttpStatusCode status)
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();

        var page = await visitor.GetAsync(path);

        Assert.Equal(status, page.Status);
        Assert.Equal(SecurityHeaders.ContentPolicy, page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentPolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.False(page.Headers.ContainsKey("Server"));
    }

    [Fact]
    public async Task No_page_carries_inline_script_or_style()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        foreach (var path in OpenPages(site))
        {
            var page = await visitor.GetAsync(path);
            Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=\"|javascript:", page.Html);
        }
    }

    /// <summary>What a stranger may ask for is written here by hand, so that a page cannot become open by accident.</summary>
    [Fact]
    public async Task Only_these_routes_are_open_to_strangers()
    {
        await using var site = await RunningSite.StartAsync();

        var open = Routes(site).Where(IsOpen).Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Where(path => !path.StartsWith("/files/", StringComparison.Ordinal)).Distinct();

        Assert.Equal(await File.ReadAllLinesAsync(Repository.File("tests", "Plainproof.Tests", "Web", "open-routes.txt")), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_words()
    {
        await using var first = await RunningSite.StartAsync();

        var refused = await Assert.ThrowsAsync<BadInput>(() => RunningSite.StartAsync(settings => settings with { Address = first.Address }));

        Assert.Contains("choose another port", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_load_of_the_start_page_is_small()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        visitor.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        long bytes = 0;
        foreach (var path in (string[])["/", SiteFiles.AddressOf("site.css"), SiteFiles.AddressOf("icon.svg")])
            bytes += (await visitor.Client.GetByteArrayAsync(path)).LongLength;

        Assert.InRange(bytes, 1, 60 * 1024);
    }

    private static IEnumerable<string> OpenPages(RunningSite site) => Routes(site)
        .Where(route => IsOpen(route) && route.RoutePattern.Parameters.Count == 0 && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Select(route => route.RoutePattern.RawText!)
        .Where(path => !path.Contains("files/", StringComparison.Ordinal));

    private static IEnumerable<RouteEndpoint> Routes(RunningSite site) =>
        site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}

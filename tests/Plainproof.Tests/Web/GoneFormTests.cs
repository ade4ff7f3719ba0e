using System.Net;
using Plainproof.Tests.Standing;
using Xunit;

namespace Plainproof.Tests.Web;

/// <summary>A form that was sent from an old page, and that the page does not have any more.</summary>
public sealed class GoneFormTests
{
    [Fact]
    public async Task It_says_so_and_is_no_empty_page()
    {
        await using var acme = await Workspace.OpenAsync(postgresql: false);
        var page = await acme.Olga.GetAsync($"{Workspace.Home}/engagements/new");
        var answer = await acme.Olga.SubmitAsync(page with { Html = page.Html.Replace("value=\"engagement\"", "value=\"gone\"", StringComparison.Ordinal) }, [("title", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("That form could not be taken", answer.Text, StringComparison.Ordinal);
    }
}

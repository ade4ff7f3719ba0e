using System.Net;
using System.Text.RegularExpressions;

namespace Plainproof.Bench.Web;

/// <summary>Joins as a person does who reads the console: opens the link, sends the form.</summary>
internal static partial class FirstOwner
{
    /// <returns>The cookies of the session, as a browser sends them.</returns>
    public static async Task<string> JoinAsync(Uri link)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies });
        var page = await browser.GetStringAsync(link);
        var hidden = Hidden().Matches(page).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var answer = await browser.PostAsync(link, new FormUrlEncodedContent(
            [.. hidden, new("name", "Olga Bench"), new("email", "olga@bench.example"), new("password", "four words in a row"), new("company", "")]));
        return answer.IsSuccessStatusCode && cookies.GetCookies(link)["plainproof.session"] is not null
            ? cookies.GetCookieHeader(link)
            : throw new InvalidOperationException($"The first owner could not join: {answer.StatusCode}");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}

using System.Net;
using System.Text.RegularExpressions;

namespace Plainproof.Tests.Web;

/// <summary>One person's browser, without script.</summary>
internal sealed partial class Visitor(Uri address, bool follow) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = follow, CookieContainer = new CookieContainer(), ServerCertificateCustomValidationCallback = (asked, _, _, _) => asked.RequestUri!.IsLoopback }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    public HttpClient Client => _client;

    public async Task<Seen> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return await Seen.OfAsync(answer);
    }

    /// <summary>Sends a form of a page as a browser does: with the hidden fields of that form, and what was typed over them.</summary>
    /// <param name="form">What its opening tag has, such as the value of its handler; the first form of the page when left out.</param>
    public async Task<Seen> SubmitAsync(Seen page, IEnumerable<(string Name, string Value)> typed, string? form = null)
    {
        var found = Forms().Matches(page.Html).Select(match => match.Value).FirstOrDefault(one => form is null || one.Contains(form, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The page has no such form: {page.Html}");
        var fields = Hidden().Matches(found).Select(match => (WebUtility.HtmlDecode(Attribute(match.Value, "name")!), WebUtility.HtmlDecode(Attribute(match.Value, "value") ?? ""))).ToList();
        fields.AddRange(typed);
        var action = Attribute(found[..(found.IndexOf('>') + 1)], "action");
        using var answer = await _client.PostAsync(
            action is { Length: > 0 } ? WebUtility.HtmlDecode(action) : page.Address.PathAndQuery, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        return await Seen.OfAsync(answer);
    }

    public void Dispose() => _client.Dispose();

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input\\b[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}

/// <summary>What came back.</summary>
internal sealed partial record Seen(HttpStatusCode Status, Uri Address, string Html, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>What a person reads, without tags and with blanks in a row as one.</summary>
    public string Text => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(MayBreak().Replace(Html, ""), " ")), " ");

    public static async Task<Seen> OfAsync(HttpResponseMessage answer) => new(
        answer.StatusCode, answer.RequestMessage!.RequestUri!, await answer.Content.ReadAsStringAsync(),
        answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex("<wbr ?/?>")]
    private static partial Regex MayBreak();

    [GeneratedRegex("<(style|title)\\b.*?</\\1>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}

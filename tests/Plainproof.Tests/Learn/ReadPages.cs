using System.Net;
using System.Text.RegularExpressions;
using Plainproof.Tests.Web;
using Xunit;

namespace Plainproof.Tests.Learn;

/// <summary>Every page that a stranger reaches from /learn by following links, as it came from the running site.</summary>
public sealed partial class ReadPages : IAsyncLifetime
{
    private const string Start = "/learn";
    private readonly Dictionary<string, Seen> _pages = new(StringComparer.Ordinal);

    /// <summary>Pages by address, without what comes after <c>#</c>.</summary>
    internal IReadOnlyDictionary<string, Seen> Pages => _pages;

    internal IEnumerable<string> Lessons => Pages.Keys.Where(path => path.StartsWith(Start, StringComparison.Ordinal) && path.Count(letter => letter == '/') <= 2);

    /// <summary>The links of a page to this site, as written.</summary>
    internal static IEnumerable<string> LinksOf(Seen page) =>
        Link().Matches(page.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Select(link => link.StartsWith('#') ? page.Address.AbsolutePath + link : link)
            .Where(link => link.StartsWith('/')).Distinct();

    /// <summary>The texts of the page itself, one for each paragraph, list item or cell. What is written for auditors is left out.</summary>
    internal static IReadOnlyList<string> TextsOf(Seen page)
    {
        var main = MainPart().Match(page.Html).Value;
        var lines = BlockEnd().Replace(Blanks().Replace(NotForEveryone().Replace(main, ""), " "), "\n");
        return [.. WebUtility.HtmlDecode(Tag().Replace(lines, "")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    public async ValueTask InitializeAsync()
    {
        await using var site = await RunningSite.StartAsync();
        using var visitor = site.Visit();
        var left = new Queue<string>([Start]);
        while (left.TryDequeue(out var path))
        {
            if (_pages.ContainsKey(path))
                continue;
            var page = _pages[path] = await visitor.GetAsync(path);
            if (path.StartsWith(Start, StringComparison.Ordinal))
                foreach (var link in LinksOf(page))
                    left.Enqueue(link.Split('#')[0]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [GeneratedRegex("<a\\b[^>]*\\shref=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<main\\b.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    [GeneratedRegex("<(nav|svg|blockquote)\\b.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex NotForEveryone();

    [GeneratedRegex("</(p|li|h1|h2|h3|td|th|dt|dd|summary|caption|figcaption|label|button)>")]
    private static partial Regex BlockEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}

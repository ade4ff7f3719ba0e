using System.Globalization;
using System.Net;
using System.Text;

namespace Plainproof.Documents;

/// <summary>Renders a document as one HTML file: no script, no request to anywhere, light and dark, prints well.</summary>
public static class HtmlPage
{
    private static readonly Lazy<string> Style = new(() => Resource.Text("page.css"));

    /// <summary>The style sheet that every report carries, for whoever shows the same blocks elsewhere.</summary>
    public static string StyleSheet => Style.Value;

    public static string Render(Document document)
    {
        var html = new StringBuilder(64 * 1024);
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <title>{Escape(document.Title)}</title>
            <style>
            {Style.Value}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the report</a>
            <header><div class="wrap"><p class="brand">Plainproof</p><h1>{Escape(document.Title)}</h1><p class="sub">{Escape(document.Subtitle)}</p></div></header>
            <main id="main" class="wrap">

            """);
        Append(html, document.Blocks);
        html.Append("</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Append(StringBuilder html, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
            Append(html, block);
    }

    private static void Append(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Heading heading:
                html.Append(CultureInfo.InvariantCulture, $"<h{heading.Level}{Id(heading.Anchor)}>{Escape(heading.Text)}</h{heading.Level}>\n");
                break;
            case Paragraph paragraph:
                html.Append(CultureInfo.InvariantCulture, $"<p{(paragraph.Quiet ? " class=\"quiet\"" : "")}>{Inline(paragraph.Text)}</p>\n");
                break;
            case BulletList list:
                AppendList(html, "ul", list.Items);
                break;
            case NumberedList list:
                AppendList(html, "ol", list.Items);
                break;
            case Note note:
                html.Append(CultureInfo.InvariantCulture, $"<p class=\"note {Class(note.Tone)}\">{Inline(note.Text)}</p>\n");
                break;
            case Table table:
                AppendTable(html, table);
                break;
            case KeyFigures figures:
                AppendFigures(html, figures);
                break;
            case Bars bars:
                AppendBars(html, bars);
                break;
            case Card card:
                AppendCard(html, card);
                break;
            case Details details:
                html.Append(CultureInfo.InvariantCulture, $"<details{Id(details.Anchor)}><summary>{Escape(details.Summary)}</summary>\n");
                Append(html, details.Blocks);
                html.Append("</details>\n");
                break;
        }
    }

    private static void AppendList(StringBuilder html, string tag, IReadOnlyList<Text> items)
    {
        html.Append(CultureInfo.InvariantCulture, $"<{tag}>\n");
        foreach (var item in items)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Inline(item)}</li>\n");
        html.Append(CultureInfo.InvariantCulture, $"</{tag}>\n");
    }

    private static void AppendTable(StringBuilder html, Table table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" role=\"region\" aria-label=\"{Escape(table.Caption)}\" tabindex=\"0\"><table><caption>{Escape(table.Caption)}</caption><thead><tr>");
        foreach (var column in table.Columns)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Escape(column)}</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
                html.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "<th scope=\"row\">" : "<td>")}{Inline(row[i])}{(i == 0 ? "</th>" : "</td>")}");
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static void AppendFigures(StringBuilder html, KeyFigures figures)
    {
        html.Append("<dl class=\"figures\">\n");
        foreach (var figure in figures.Figures)
        {
            var value = figure.Link is null ? Escape(figure.Value) : $"<a href=\"{Escape(figure.Link)}\">{Escape(figure.Value)}</a>";
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"{Class(figure.Tone)}\"><dt>{Escape(figure.Label)}</dt><dd>{value}</dd></div>\n");
        }

        html.Append("</dl>\n");
    }

    private static void AppendBars(StringBuilder html, Bars bars)
    {
        html.Append(CultureInfo.InvariantCulture, $"<figure class=\"bars\"><figcaption>{Escape(bars.Caption)}</figcaption>\n<ul class=\"legend\">");
        foreach (var part in bars.Legend)
            html.Append(CultureInfo.InvariantCulture, $"<li><span class=\"swatch {Class(part.Tone)}\" aria-hidden=\"true\"></span>{Escape(part.Name)}</li>");
        html.Append("</ul>\n<ul class=\"rows\">\n");
        var widest = Math.Max(1, bars.Rows.Select(row => row.Values.Sum()).DefaultIfEmpty(1).Max());
        foreach (var row in bars.Rows)
            AppendBar(html, bars, row, widest);
        html.Append("</ul></figure>\n");
    }

    private static void AppendBar(StringBuilder html, Bars bars, BarRow row, int widest)
    {
        var label = row.Link is null ? Escape(row.Label) : $"<a href=\"{Escape(row.Link)}\">{Escape(row.Label)}</a>";
        var words = string.Join(", ", bars.Legend.Zip(row.Values, (part, value) => $"{value} {part.Name.ToLowerInvariant()}"));
        html.Append(CultureInfo.InvariantCulture, $"<li><span class=\"label\">{label}</span><svg viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Escape(words)}\">");
        var x = 0.0;
        for (var i = 0; i < row.Values.Count; i++)
        {
            var width = 1000.0 * row.Values[i] / widest;
            if (width > 0)
                html.Append(CultureInfo.InvariantCulture, $"<rect class=\"{Class(bars.Legend[i].Tone)}\" x=\"{x:0.##}\" y=\"0\" width=\"{Math.Max(width - 3, 1):0.##}\" height=\"14\"/>");
            x += width;
        }

        html.Append(CultureInfo.InvariantCulture, $"</svg><span class=\"words\">{Escape(words)}</span></li>\n");
    }

    private static void AppendCard(StringBuilder html, Card card)
    {
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"card {Class(card.Tone)}\"{Id(card.Anchor)}><h3>{Escape(card.Title)}</h3>\n");
        if (card.Tag is not null)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"tag\">{Escape(card.Tag)}</p>\n");
        Append(html, card.Blocks);
        if (card.Facts.Count > 0)
        {
            html.Append("<dl class=\"facts\">");
            foreach (var (label, value) in card.Facts)
                html.Append(CultureInfo.InvariantCulture, $"<div><dt>{Escape(label)}</dt><dd>{Inline(value)}</dd></div>");
            html.Append("</dl>\n");
        }

        html.Append("</article>\n");
    }

    private static string Inline(Text text) => string.Concat(text.Runs.Select(Inline));

    private static string Inline(Run run)
    {
        var value = Escape(run.Value);
        value = run.Style switch
        {
            RunStyle.Strong => $"<strong>{value}</strong>",
            RunStyle.Code => $"<code>{value}</code>",
            RunStyle.Plain => value,
            _ => $"<span class=\"{run.Style.ToString().ToLowerInvariant()}\">{value}</span>",
        };
        return run.Link is null ? value : $"<a href=\"{Escape(run.Link)}\">{value}</a>";
    }

    private static string Class(Tone tone) => tone.ToString().ToLowerInvariant();

    private static string Id(string? anchor) => anchor is null ? "" : $" id=\"{Escape(anchor)}\"";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}

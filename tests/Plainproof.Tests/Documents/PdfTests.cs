using System.Diagnostics;
using System.Text.RegularExpressions;
using Plainproof.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Content;
using Xunit;

namespace Plainproof.Tests.Documents;

public sealed partial class PdfTests
{
    private static readonly byte[] Every = Files.Pdf(Samples.Every());

    [Fact]
    public void The_same_document_gives_the_same_bytes() => Assert.Equal(Every, Files.Pdf(Samples.Every()));

    [Fact]
    public async Task Other_programs_find_no_fault_in_the_file()
    {
        using var files = new Files();
        foreach (var document in (Document[])[Samples.Every(), Samples.ManyRows(), new Document("", "", []), Samples.Only(""), Samples.Only("\u0003\uFFFE<&>\t\r\n😀\u0301\ud83d")])
        {
            var path = files.Keep("checked.pdf", Files.Pdf(document));
            Assert.Contains("No syntax or stream encoding errors found", await Files.RunAsync("qpdf", "--check", path), StringComparison.Ordinal);
            await Files.RunAsync("pdftotext", path, "-");
        }
    }

    [Fact]
    public void All_text_is_read_back_in_its_order()
    {
        using var file = PdfDocument.Open(Every);
        var text = Files.Squeezed(string.Concat(file.GetPages().Select(Body)));
        var at = 0;
        foreach (var part in (string[])["Description of the ledger <&>", "What the company does", "the controls and a page, not nowhere", "A quiet line.", "61 criteria in scope", "in a second row", "•First point", "1.Ask", "2.Approve", "1.Begin at one", "A note, Bad.", "Turn on a second factor", "CC6.1, first", "Hours3", "Who the owner", "What was read", "Inside", "Controls by series", "CC6 Access123", "The controls that management states", "AC-01", "AC-60", "after it", "only one", "No rows", Samples.Foreign, "tab after", "two lines", Samples.LongWord, "=2+2", new string('z', 120), "U+1F600"])
        {
            var found = text.IndexOf(Files.Squeezed(part), at, StringComparison.Ordinal);
            Assert.True(found >= at, $"\"{part}\" is not where it should be.");
            at = found;
        }
    }

    [Fact]
    public async Task What_cannot_be_drawn_is_a_box_that_copies_as_what_it_stands_for()
    {
        using var files = new Files();
        var path = files.Keep("every.pdf", Every);
        Assert.Contains("Emoji 😀 👩‍👩‍👧, Chinese 王", await Files.RunAsync("pdftotext", path, "-"), StringComparison.Ordinal);
        using var file = PdfDocument.Open(Every);
        Assert.Contains("Emoji □ □, Chinese □, Hebrew □□□□", string.Concat(file.GetPages().Select(page => page.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_structure_says_what_is_what_and_leaves_decoration_out()
    {
        using var files = new Files();
        var path = files.Keep("every.pdf", Every);
        Assert.Matches(@"Tagged:\s+yes", await Files.RunAsync("pdfinfo", path));
        var tree = await Files.RunAsync("pdfinfo", "-struct-text", path);
        Assert.All((string[])["H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "Caption", "THead", "TBody", "TR", "TH", "TD", "Link", "Sect"], type => Assert.True(Count(tree, type) > 0, type));
        Assert.Equal(3 + 61 + 3 + 2 + 1 + 3, Count(tree, "TR"));
        Assert.Equal(Count(tree, "TR") - Count(tree, "THead"), Regex.Count(tree, "/Scope /Row"));
        Assert.Single(Regex.Matches(tree, "\"Statement\""));
        Assert.DoesNotContain("Page 1 of", tree, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_are_numbered_and_heads_of_tables_come_again()
    {
        using var file = PdfDocument.Open(Every);
        var pages = file.GetPages().ToList();
        Assert.All(pages, page => Assert.Contains($"Page {page.Number} of {pages.Count}", page.Text, StringComparison.Ordinal));
        Assert.All(pages.Where(page => ControlId().IsMatch(page.Text)), page => Assert.Contains("Statement", page.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_runs_over_the_edge_of_the_page()
    {
        using var file = PdfDocument.Open(Every);
        foreach (var page in file.GetPages())
            Assert.All(page.Letters.Where(letter => letter.Value != " "), letter => Assert.InRange(letter.BoundingBox.Right, 60, page.Width - 60));
    }

    [Fact]
    public void A_row_is_on_one_page_unless_it_is_taller_than_one()
    {
        using var file = PdfDocument.Open(Files.Pdf(Samples.ManyRows()));
        var rows = 0;
        foreach (var page in file.GetPages())
        {
            var words = page.Text;
            var begun = RowId().Count(words);
            Assert.Equal(begun, Regex.Count(words, "of the system"));
            rows += begun;
        }

        Assert.Equal(5000, rows);
    }

    [Fact]
    public void Bookmarks_and_links_lead_to_their_places()
    {
        using var file = PdfDocument.Open(Every);
        Assert.True(file.TryGetBookmarks(out var bookmarks));
        Assert.Equal(["What the company does", "Controls", "Nasty <&> \"quotes\""], bookmarks.Roots.Select(node => node.Title));
        var links = file.GetPages().SelectMany(page => page.GetAnnotations()).ToList();
        Assert.Equal(5, links.Count);
        Assert.Single(links, link => link.Action is UriAction);
    }

    [Fact]
    public async Task Title_author_and_time_are_those_it_was_given()
    {
        using var files = new Files();
        var facts = await Files.RunAsync("pdfinfo", "-isodates", files.Keep("every.pdf", Every));
        Assert.Matches(@"Title:\s+Description of the ledger <&>", facts);
        Assert.Matches(@"Author:\s+Ada <Lovelace> & Co", facts);
        Assert.Matches(@"CreationDate:\s+2026-05-04T03:02:01", facts);
        Assert.Matches(@"Page size:\s+595.28 x 841.89 pts \(A4\)", facts);
        Assert.DoesNotContain("pdfuaid", System.Text.Encoding.Latin1.GetString(Every), StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_and_accents_that_come_apart_are_joined()
    {
        using var file = PdfDocument.Open(Files.Pdf(new Document("Accents", "", [new Paragraph("Cafe\u0301 Zu\u0308rich x\u0301")])));
        Assert.Contains("Café Zürich x□", file.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_pages_take_well_under_a_second()
    {
        Files.Pdf(Samples.OnlyProse(5));
        var watch = Stopwatch.StartNew();
        var pdf = Files.Pdf(Samples.OnlyProse(68));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        using var file = PdfDocument.Open(pdf);
        Assert.InRange(file.NumberOfPages, 55, 70);
    }

    private static int Count(string tree, string type) => Regex.Count(tree, $@"(?m)^\s+{type}(:| \(|$)");

    /// <summary>Without the footer.</summary>
    private static string Body(Page page) => string.Concat(page.Letters.Where(letter => letter.StartBaseLine.Y > 60).Select(letter => letter.Value));

    [GeneratedRegex(@"AC-\d\d")]
    private static partial Regex ControlId();

    [GeneratedRegex(@"R-\d+")]
    private static partial Regex RowId();
}

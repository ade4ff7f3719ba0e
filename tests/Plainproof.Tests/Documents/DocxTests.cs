using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Plainproof.Documents;
using Xunit;
using Document = Plainproof.Documents.Document;
using Table = Plainproof.Documents.Table;

namespace Plainproof.Tests.Documents;

public sealed class DocxTests
{
    [Fact]
    public void A_document_with_every_block_breaks_no_rule_of_the_format() => AssertValid(Samples.Every());

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\u0003\uFFFE<&>\"'\t\r\n😀\u0301")]
    public void Whatever_people_type_stands_anywhere(string text) => AssertValid(Samples.Only(text + (text.Length > 2 ? "\ud83d" : "")));

    private static void AssertValid(Document document)
    {
        using var file = Open(document);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(file).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void The_same_document_gives_the_same_bytes() => Assert.Equal(Files.Docx(Samples.Every()), Files.Docx(Samples.Every()));

    [Fact]
    public void People_find_styles_lists_and_heads_that_repeat()
    {
        using var file = Open(Samples.Every());
        var body = file.MainDocumentPart!.Document!.Body!;
        var known = file.MainDocumentPart.StyleDefinitionsPart!.Styles!.Elements<Style>().Select(style => style.StyleId!.Value!).ToHashSet();
        var used = body.Descendants<ParagraphStyleId>().Select(style => style.Val!.Value!).Concat(body.Descendants<DocumentFormat.OpenXml.Wordprocessing.RunStyle>().Select(style => style.Val!.Value!)).ToHashSet();
        Assert.Empty(used.Except(known));
        Assert.Superset(new HashSet<string> { "Title", "Subtitle", "Heading1", "Heading2", "ListBullet", "ListNumber", "Caption", "NoteBad", "Code" }, used);
        Assert.Equal(6, body.Descendants<TableHeader>().Count());
        Assert.Equal(3, body.Descendants<NumberingId>().Select(id => id.Val!.Value).Distinct().Count());
    }

    [Fact]
    public void No_level_of_headings_is_skipped()
    {
        using var file = Open(Samples.Every());
        var levels = file.MainDocumentPart!.Document!.Body!.Descendants<ParagraphStyleId>().Select(style => style.Val!.Value!).Where(style => style.StartsWith("Heading", StringComparison.Ordinal)).Select(style => style[^1] - '0').ToList();
        Assert.Equal([1, 2, 3, 3, 4, 1, 1], levels);
    }

    [Fact]
    public void Links_lead_to_places_in_the_file_and_to_addresses_and_nothing_runs()
    {
        using var file = Open(Samples.Every());
        var body = file.MainDocumentPart!.Document!.Body!;
        var places = body.Descendants<BookmarkStart>().Select(place => place.Name!.Value).ToHashSet();
        var inside = body.Descendants<Hyperlink>().Where(link => link.Anchor is not null).Select(link => link.Anchor!.Value).ToList();
        Assert.Equal(4, inside.Count);
        Assert.All(inside, anchor => Assert.Contains(anchor, places));
        Assert.Equal(["https://example.com/page?x=1&y=2"], file.MainDocumentPart.HyperlinkRelationships.Select(link => link.Uri.ToString()));
    }

    [Fact]
    public void The_properties_name_title_author_time_and_language()
    {
        using var file = Open(Samples.Every());
        var facts = file.PackageProperties;
        Assert.Equal(("Description of the ledger <&>", "Ada <Lovelace> & Co", "en-GB"), (facts.Title, facts.Creator, facts.Language));
        Assert.Equal(Samples.Facts.MadeAt.UtcDateTime, facts.Created!.Value.ToUniversalTime());
    }

    [Fact]
    public async Task LibreOffice_opens_it_and_all_the_text_is_there()
    {
        using var files = new Files();
        var pdf = await files.ConvertAsync(files.Keep("every.docx", Files.Docx(Samples.Every())), "pdf", ".pdf");
        var text = Files.Squeezed(await Files.RunAsync("pdftotext", "-layout", pdf, "-"));
        Assert.All(
            (string[])["Descriptionoftheledger<&>", "criteriainscope", "2.Approve", "1.Beginatone", "•Firstpoint", "Anote,Attention.", "Turnonasecondfactor", "AC-60", "2220", "=2+2", "Caption<&>", "Inside", "Page2of", Files.Squeezed(Samples.Foreign)],
            expected => Assert.Contains(expected, text));
    }

    [Fact]
    public void A_table_too_wide_for_Word_is_refused_with_a_way_out()
    {
        var wide = new Document("Wide", "", [new Table([.. Enumerable.Range(1, 64).Select(i => $"{i}")], [], "Too wide")]);
        var refused = Assert.Throws<ArgumentException>(() => Files.Docx(wide));
        Assert.Contains("\"Too wide\" has 64 columns", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_rows_are_all_there()
    {
        using var file = Open(Samples.ManyRows());
        Assert.Equal(5001, file.MainDocumentPart!.Document!.Body!.Descendants<TableRow>().Count());
    }

    private static WordprocessingDocument Open(Document document) => WordprocessingDocument.Open(new MemoryStream(Files.Docx(document)), false);
}

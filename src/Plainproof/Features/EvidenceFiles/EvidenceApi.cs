using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.EvidenceFiles.Objections;
using Plainproof.Features.People;
using Plainproof.Features.Standing;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>Files that people add as evidence, for scripts.</summary>
internal sealed class EvidenceApi : IApiDoor
{
    private const string Bytes = "application/octet-stream";
    private const string FormData = "multipart/form-data";

    public string Title => "Evidence files";

    public void Map(ApiRoutes routes)
    {
        var (company, files) = (routes.Company, routes.Company.MapGroup("/files/{file}"));
        company.MapGet("/files", ListAsync).Needs(Scope.Read).Is("listFiles", "List or search the files", "Newest first. 'q' looks in names, in what was said, and in the text inside.");
        company.MapPost("/files", AddAsync).Needs(Scope.Push).TakesUpTo(EvidenceIntake.MostBytes + (2 << 20)).Accepts<string>(Bytes, FormData)
            .Is("addFile", "Add a file", "The body is the file itself, or a form with the part 'file'. A form has the same names as the query. 'told' is JSON with what 'describeFile' takes. The answer has all objections. None of them blocks.")
            .Example("Review of access, 4 May 2026. Present: Ann, Bob.\n", Bytes);
        company.MapGet("/files/{file}", OneAsync).Needs(Scope.Read).Is("getFile", "Get a file with its objections", "What was said about it, what it shows, and what an auditor would say. The objections are worked out anew each time.");
        files.MapGet("/bytes", BytesAsync).Needs(Scope.Read).Is("getFileBytes", "Get the bytes of a file", "As they were sealed, always as a file to keep.").Produces<string>(StatusCodes.Status200OK, Bytes);
        files.MapPut("/told", DescribeAsync).Needs(Scope.Push).MayBeStale().Is("describeFile", "Say more about a file", "Takes the place of what was said before, until somebody decides about the file. The log keeps each version.")
            .Example("""{ "version": 1, "kind": "export", "told": { "system": "Company directory", "environment": "production", "query": "all users", "rows": 212 } }""");
        files.MapPost("/links", LinkAsync).Needs(Scope.Push).Is("linkFile", "Link a file to another control or gap", "One file may show something of several. The link counts from now on.")
            .Example("""{ "about": "control:GOV-01" }""");
        files.MapDelete("/links/{about}", UnlinkAsync).Needs(Scope.Push).Is("unlinkFile", "Take a link back", "That the link was there stays on record. The last link stays.");
        files.MapPost("/accept", AcceptAsync).Needs(Scope.Work, Ability.AcceptEvidence).Is("acceptFile", "Accept a file", "Your word that it shows what it should. It is not a test. Nobody accepts a file of their own.");
        files.MapPost("/send-back", SendBackAsync).Needs(Scope.Work, Ability.AcceptEvidence).Is("sendFileBack", "Send a file back", "With the reason, so that the next file is right. This one stays on record.")
            .Example("""{ "why": "Nobody can see who was there." }""");
    }

    private static async Task<FileList> ListAsync(
        EvidenceBook book, CancellationToken stop,
        [Description("Words that the file must hold.")] string? q = null,
        [OneOf(typeof(FileState)), Description("Left out: all.")] string? state = null,
        [Description("What it shows: control:AC-06 or gap:changes-approved.")] string? about = null)
    {
        var (all, links) = (await book.AllAsync(q, stop), await book.LinksAsync(stop));
        var validity = await book.ValidityAsync(all, stop);
        return new FileList([.. all.Where(file => (state is null || Storage.Words.Of(file.State) == state) && (about is null || links[file.Id].Any(one => one.Text == about)))
            .Select(file => FileItem.Of(file, links[file.Id], validity.GetValueOrDefault(file.Id)))]);
    }

    private static async Task<Created<FileAnswer>> AddAsync(
        HttpContext context, EvidenceBook book, CancellationToken stop,
        [Description("What it shows: control:AC-06 or gap:changes-approved.")] string? about = null,
        [Description("How the file is called, with its ending.")] string? name = null,
        [Description("What it shows, in a few words.")] string? says = null,
        [OneOf(typeof(EvidenceKind)), Description("What sort of evidence it is.")] string? kind = null,
        [Description("First day that it speaks of.")] string? from = null,
        [Description("Last day that it speaks of.")] string? to = null,
        [Description("JSON with what else is to be said.")] string? told = null,
        [Description("The id of the original, for a cut or covered copy.")] string? copyOf = null,
        [Description("A UUID of yours. Sending it twice adds one file.")] string? once = null)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(stop) : null;
        string Given(string? query, string field) => form?[field].ToString() is { Length: > 0 } typed ? typed : query ?? "";
        var file = form is not null ? await SentBytes.OfAsync(form.Files["file"], stop) : await BodyAsync(context, name ?? "", stop);
        if (About.Parse(Given(about, "about")) is not { } wanted)
            throw new BadInput("'about' says what the file shows: control:ID or gap:ID.");
        var id = await book.AddAsync(wanted, Given(once, "once") is { Length: > 0 } mark ? mark : Guid.CreateVersion7().ToString("D"), new SentFile(
            file, Given(says, "says"), Given(from, "from"), Given(to, "to"), Given(kind, "kind"), ToldSent.Parse(Given(told, "told")), Given(copyOf, "copyOf")), stop);
        return TypedResults.Created($"{context.Request.Path}/{id}", FileAnswer.Of((await book.ShowAsync(id, stop))!));
    }

    private static async Task<FileAnswer> OneAsync([Description("The id of the file.")] string file, EvidenceBook book, CancellationToken stop) => FileAnswer.Of(await KnownAsync(file, book, stop));

    private static async Task BytesAsync([Description("The id of the file.")] string file, HttpContext context, EvidenceBook book, RawEvidence evidence, CancellationToken stop)
    {
        var known = (await KnownAsync(file, book, stop)).File;
        await evidence.SendAsync(known.Digest, context, known.FileName);
    }

    private static async Task<FileAnswer> DescribeAsync([Description("The id of the file.")] string file, Sent<DescriptionSent> sent, EvidenceBook book, CancellationToken stop)
    {
        await KnownAsync(file, book, stop);
        await book.DescribeAsync(file, sent.Value.Version, Storage.Words.Of(sent.Value.Kind), ToldSent.Fields(sent.Value.Told), stop);
        return FileAnswer.Of(await KnownAsync(file, book, stop));
    }

    private static async Task<FileAnswer> LinkAsync([Description("The id of the file.")] string file, Sent<LinkSent> sent, EvidenceBook book, CancellationToken stop)
    {
        await KnownAsync(file, book, stop);
        await book.LinkAsync(file, About.Parse(sent.Value.About), stop);
        return FileAnswer.Of(await KnownAsync(file, book, stop));
    }

    private static async Task<FileAnswer> UnlinkAsync([Description("The id of the file.")] string file, [Description("What is no longer shown: control:AC-06 or gap:changes-approved.")] string about, EvidenceBook book, CancellationToken stop)
    {
        await KnownAsync(file, book, stop);
        await book.UnlinkAsync(file, About.Parse(about), stop);
        return FileAnswer.Of(await KnownAsync(file, book, stop));
    }

    private static async Task<FileAnswer> AcceptAsync([Description("The id of the file.")] string file, EvidenceBook book, CancellationToken stop)
    {
        await KnownAsync(file, book, stop);
        await book.AcceptAsync(file, stop);
        return FileAnswer.Of(await KnownAsync(file, book, stop));
    }

    private static async Task<FileAnswer> SendBackAsync([Description("The id of the file.")] string file, Sent<SendBackSent> sent, EvidenceBook book, CancellationToken stop)
    {
        await KnownAsync(file, book, stop);
        await book.SendBackAsync(file, sent.Value.Why, stop);
        return FileAnswer.Of(await KnownAsync(file, book, stop));
    }

    private static async Task<ShownFile> KnownAsync(string file, EvidenceBook book, CancellationToken stop) => await book.ShowAsync(file, stop) ?? throw new NotThere($"There is no file '{file}'. listFiles tells the ids.");

    private static async Task<SentBytes> BodyAsync(HttpContext context, string name, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, stop);
        return SentBytes.Of(name, bytes.ToArray());
    }
}

/// <param name="Version">As you saw it.</param>
internal sealed record DescriptionSent(long Version, EvidenceKind Kind, Told Told);

/// <param name="About">What the file shows, too: control:AC-06 or gap:changes-approved.</param>
internal sealed record LinkSent(string About);

/// <param name="Why">What is missing.</param>
internal sealed record SendBackSent(string Why);

internal sealed record FileList(IReadOnlyList<FileItem> Files);

/// <param name="About">What it shows something of.</param>
/// <param name="CoversFrom">The first day that it speaks of.</param>
/// <param name="AddedAt">When we got it. Nobody can set it.</param>
/// <param name="Ends">What is to be said of how long it counts.</param>
internal sealed record FileItem(
    string Id, string Says, EvidenceKind Kind, IReadOnlyList<string> About, FileState State, string Name, string MediaType, long Bytes, string Digest,
    DateOnly? CoversFrom, DateOnly? CoversTo, DateTimeOffset AddedAt, string AddedBy, string? CopyOf, string? Ends)
{
    public static FileItem Of(EvidenceFile file, IEnumerable<About> about, Validity? validity) => new(
        file.Id, file.Says, file.Kind, [.. about.Select(one => one.Text)], file.State, file.FileName, file.MediaType, file.Bytes, file.Digest,
        file.CoversFrom, file.CoversTo, file.AddedAt, file.AddedBy, file.CopyOf, validity?.Says);
}

/// <param name="Version">To give back when you say more.</param>
/// <param name="Told">What was said about it.</param>
/// <param name="Objections">Those that say something, the gravest first.</param>
/// <param name="Copies">Ids of cut or covered copies.</param>
internal sealed record FileAnswer(
    string Id, long Version, string Says, EvidenceKind Kind, IReadOnlyList<string> About, FileState State, string Name, string MediaType, long Bytes, string Digest,
    DateOnly? CoversFrom, DateOnly? CoversTo, DateTimeOffset AddedAt, string AddedBy, string? DecidedBy, string? SentBackWhy, string? CopyOf, IReadOnlyList<string> Copies, Told Told, IReadOnlyList<ObjectionItem> Objections)
{
    public static FileAnswer Of(ShownFile shown)
    {
        var file = shown.File;
        return new FileAnswer(
            file.Id, file.Version, file.Says, file.Kind, [.. shown.Links.Where(link => link.EndedAt is null).Select(link => link.About)], file.State, file.FileName, file.MediaType, file.Bytes, file.Digest,
            file.CoversFrom, file.CoversTo, file.AddedAt, file.AddedBy, file.AcceptedBy ?? file.SentBackBy, file.SentBackWhy, file.CopyOf, [.. shown.Copies.Select(copy => copy.Id)], file.Saying,
            [.. shown.Objections.Where(one => one.Verdict >= Verdict.CouldNotTell).Select(one => new ObjectionItem(one.Reason.Number, one.Verdict, one.Reason.Title, one.Finding.What, one.Reason.Why, one.Finding.Mend))]);
    }
}

/// <param name="Number">Of the reason, from 1 to 27.</param>
/// <param name="What">What is wrong, or why it could not be told.</param>
/// <param name="Why">Why an auditor sends it back.</param>
internal sealed record ObjectionItem(int Number, Verdict Verdict, string Title, string What, string Why, string Mend);

using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Features.Api;
using Plainproof.Features.Engagements;

namespace Plainproof.Features.Papers;

/// <summary>Management's documents, for scripts. Typing, saving and signing are done by people in the browser.</summary>
internal sealed class PapersApi : IApiDoor
{
    public string Title => "Documents";

    public void Map(ApiRoutes routes)
    {
        routes.Company.MapGet("/papers", ListAsync).Needs(Scope.Read).Is("listPapers", "List management's documents", "Those of one engagement, each with its newest version and who signed it. Without a parameter: the first engagement of the list.");
        routes.Company.MapGet("/papers/versions/{version}", VersionAsync).Needs(Scope.Read).Is("getPaperVersion", "Get a saved document", "Every sentence with where it comes from, or with who typed it, and what was left out and why.");
        routes.Company.MapGet("/papers/{paper}", OneAsync).Needs(Scope.Read).Is("getPaper", "Get a document as it stands", "Its saved versions, and today's draft with what there is to look at. An auditor gets the versions only.");
    }

    private static async Task<PaperList> ListAsync(PaperBook book, CancellationToken stop, [Description("The id of an engagement.")] string? engagement = null)
    {
        var it = await ChosenAsync(book, engagement, stop);
        return new PaperList(it.Id, [.. (await book.AllAsync(it, stop)).Select(view => PaperLine.Of(view, book.MayDraft))]);
    }

    private static async Task<PaperAnswer> OneAsync([Description("The id of the document, such as system-description.")] string paper, PaperBook book, CancellationToken stop, [Description("The id of an engagement.")] string? engagement = null)
    {
        if (PaperKinds.Find(paper) is not { } kind || await ChosenAsync(book, engagement, stop) is not { } it || !kind.IsFor(it))
            throw new NotThere("There is no such document in this engagement.");
        var view = await book.OfAsync(kind, it, stop);
        return new PaperAnswer(
            PaperLine.Of(view, book.MayDraft), [.. view.Versions.Select(VersionLine.Of)], book.MayDraft ? view.Draft.WhyNot : null,
            book.MayDraft ? view.Findings : null, book.MayDraft ? view.Draft.Text.Sections : null);
    }

    private static async Task<VersionAnswer> VersionAsync([Description("The id of the version.")] string version, PaperShelf shelf, CancellationToken stop) =>
        await shelf.VersionAsync(version, stop) is { } saved ? new VersionAnswer(saved.Version.Kind, saved.Version.Engagement, VersionLine.Of(saved), saved.Version.Content, saved.Version.Text().Sections) : throw new NotThere("There is no such version.");

    private static async Task<Engagement> ChosenAsync(PaperBook book, string? engagement, CancellationToken stop) =>
        await book.ChooseAsync(engagement, stop) ?? throw new NotThere(engagement is { Length: > 0 } ? $"There is no engagement '{engagement}' in this company." : "No engagement is planned yet, and each document belongs to one.");
}

internal sealed record PaperList(string Engagement, IReadOnlyList<PaperLine> Papers);

/// <param name="Newest">The newest saved version; null when none is saved.</param>
/// <param name="ToLookAt">How many things were seen in today's draft; null for an auditor.</param>
internal sealed record PaperLine(string Id, string Title, VersionLine? Newest, int? ToLookAt)
{
    public static PaperLine Of(PaperView view, bool mayDraft) => new(view.Kind.Id, view.Kind.Title, view.Newest is { } newest ? VersionLine.Of(newest) : null, mayDraft ? view.Findings.Count : null);
}

/// <param name="Sha256">Of the text, in UTF-8. A signature locks it, and the evidence log holds it.</param>
internal sealed record VersionLine(string Id, long Number, string Sha256, string Why, DateTimeOffset SavedAt, string SavedBy, SignatureAnswer? Signature)
{
    public static VersionLine Of(SavedPaper saved) => new(
        saved.Version.Id, saved.Version.Number, saved.Version.Digest, saved.Version.Why, saved.Version.SavedAt, saved.Version.SavedBy,
        saved.Signature is { } it ? new SignatureAnswer(it.Name, it.Title, it.Basis, it.SignedAt, it.SignedBy) : null);
}

/// <param name="Basis">How management knows; empty where nobody asks for it.</param>
internal sealed record SignatureAnswer(string Name, string Title, string Basis, DateTimeOffset SignedAt, string SignedBy);

/// <param name="WhyNot">Why there can be no draft now; null when there can.</param>
/// <param name="Findings">What was seen when the draft was read through; null for an auditor.</param>
/// <param name="Draft">Null for an auditor.</param>
internal sealed record PaperAnswer(PaperLine Paper, IReadOnlyList<VersionLine> Versions, string? WhyNot, IReadOnlyList<Finding>? Findings, IReadOnlyList<Section>? Draft);

/// <param name="Content">The very text whose hash it is.</param>
internal sealed record VersionAnswer(string Paper, string Engagement, VersionLine Version, string Content, IReadOnlyList<Section> Sections);

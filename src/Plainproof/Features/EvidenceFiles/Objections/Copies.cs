using Plainproof.Features.EvidenceFiles.Insides;

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class EditedAfterwards() : Reason(9, "Edited after it was captured", "Whatever was changed afterwards no longer shows what was there.")
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);
    private static readonly string[] Editors = ["photoshop", "gimp", "paint", "affinity", "pixelmator", "canva", "snagit", "skitch", "illustrator", "inkscape"];

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind is EvidenceKind.Policy or EvidenceKind.Document)
            return Finding.NotMeant; // People write and change these; their approval is what counts.
        return file.Inside switch
        {
            null or { State: InsideState.Unreadable } => Finding.Unknown(file.NoText, "Add the file again."),
            { MadeWith: { } program } when Say.Holds(program, Editors) => Finding.Judge($"The file says that {program} wrote it last.", "Add the original as it was captured."),
            { MadeAt: { } made, ChangedAt: { } changed } when changed - made > Slack =>
                Finding.Judge($"It was made on {Day(made)} and changed on {Day(changed)}, as the file itself says.", "Add the original, or explain the change."),
            { MadeAt: not null, ChangedAt: not null } => Finding.Clear,
            _ => Finding.Unknown("The file keeps no trace of when it was changed. Since you added it, nobody could change it.", "Nothing to do, unless you know of a change."),
        };
    }

    private static string Day(DateTimeOffset at) => Say.Day(DateOnly.FromDateTime(at.UtcDateTime));
}

internal sealed class CutPictureOnly() : Reason(10, "Only a cut or marked picture", "What was cut away could say something else. The original settles it.")
{
    private const int Narrow = 600;
    private const int Low = 200;

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsPicture && file.Told.Picture is null)
            return Finding.NotMeant;
        if (file.CopyOf is not null)
            return Finding.Clear;
        if (file.Told.Picture == PictureState.Changed)
            return Finding.Wrong("It is cut or marked, and its original is not here.", "Add the original, then this one as a copy of it.");
        if (Say.Holds(file.FileName, "crop", "redact", "annotat", "marked", "edited"))
            return Finding.Judge($"Its name, {file.FileName}, sounds like a changed picture.", "Add the original, then this one as a copy of it.");
        if (file.Inside is { Width: { } width, Height: { } height } && (width < Narrow || height < Low))
            return Finding.Judge($"It has only {width} by {height} pixels, so it may be a part of a window.", "Capture the whole window, with its address and the clock.");
        return file.Told.Picture == PictureState.Whole ? Finding.Clear : Finding.Unknown("Nobody said whether it shows the whole window.", "Say it here.");
    }
}

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class UndatedPicture() : Reason(1, "Screenshot without a day or an address", "A picture that does not say when and where could be of any day and any system.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.Screenshot && !(file.IsPicture && file.Kind == EvidenceKind.Other))
            return Finding.NotMeant;
        var hint = file.Inside?.MadeAt is { } made ? $" The file itself says {Say.Day(DateOnly.FromDateTime(made.UtcDateTime))}." : "";
        var noDay = file.Told.CapturedOn is null;
        if (noDay || (file.Told.Account ?? file.Told.System) is null)
            return Finding.Wrong(
                (noDay ? $"Nobody said on which day it was made.{hint}" : "") + ((file.Told.Account ?? file.Told.System) is null ? " Nobody said which address or account it shows." : ""),
                "Say both here. Next time, capture the whole window with its address and the clock.");
        return file.AcceptedBy is not null ? Finding.Clear
            : Finding.Unknown("Plainproof cannot see whether the day and the address stand in the picture.", "Whoever accepts it looks for both.");
    }
}

internal sealed class OutsideTheWindow() : Reason(2, "From days outside the window", "A report speaks of the days of its window, and of no others.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!known.Open.Any())
            return Finding.Unknown("No engagement is planned, so there is no window to hold it against.", "Plan an engagement with its days.");
        if (file.Days is not { } days)
            return file.Kind is EvidenceKind.Policy or EvidenceKind.Document or EvidenceKind.Other
                ? Finding.Unknown("Nobody said which days it speaks of.", "Name the days, where it speaks of any.")
                : Finding.Judge("Nobody said which days it speaks of.", "Name the first and the last day.");
        if (known.Open.FirstOrDefault(window => window.Touches(days)) is not null)
            return Finding.Clear;
        var window = known.For(days)!;
        return Finding.Judge(
            $"It speaks of {Say.Days(days)}. {Named(window)}",
            days.Last < window.Begins && days.Last >= window.Last.AddYears(-1)
                ? "A yearly control may count when it was done within twelve months before the end. Ask the auditor."
                : "Add one from days of the window.");
    }

    private static string Named(AuditWindow window) => $"The window “{window.Title}” is {Say.Days((window.Begins, window.Last))}.";
}

internal sealed class OnlyHowItIsNow() : Reason(3, "From before the control, or only how it is now", "It has to show that the control was there and done on that day.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.IsFor("AC-05") && file.Kind == EvidenceKind.Screenshot && file.Told.EventOn is null)
            return Finding.Wrong("It shows that the access is off now. It does not show when it ended.", "Say the day it happened, and add the log line or the ticket with the time.");
        var controls = known.Controls.Where(control => control.Begins.Count > 0 && file.IsFor(control.Id)).ToList();
        if (controls.Count == 0)
            return file.Links.Any(link => !link.About.IsGap) ? Finding.Clear : Finding.NotMeant;
        if (file.Days is not { } days)
            return Finding.Unknown($"Nobody said which days it speaks of, and {controls[0].Id} reads otherwise since {Say.Day(controls[0].Begins[^1])}.", "Name the days.");
        if (controls.FirstOrDefault(control => control.IsOwn && control.Begins[0] > days.Last) is { } later)
            return Finding.Wrong($"It speaks of {Say.Days(days)}. Your control {later.Id} begins on {Say.Day(later.Begins[0])}.", "Add one from a day on which the control was in force.");
        return controls.FirstOrDefault(control => control.Begins[^1] > days.Last) is { } reworded
            ? Finding.Judge($"It speaks of {Say.Days(days)}. {reworded.Id} reads as it does since {Say.Day(reworded.Begins[^1])}.", "Look whether it shows the wording that held then.")
            : Finding.Clear;
    }
}

internal sealed class ReusedForAnotherYear() : Reason(26, "The same evidence as for other days", "A new window needs new proof. An old file shows the old days.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        var twin = file.Inside is { } inside ? known.Others.FirstOrDefault(other => other.Id != file.Id && other.Mark == inside.Mark && Differ(other.Days, file.Days)) : null;
        if (twin is not null)
            return Finding.Wrong($"The same bytes were added as “{twin.Says}” for {Say.Days(twin.Days!.Value)}.", "Add a new one from the days that this one is for.");
        if (file.Days is not { } days)
            return file.Inside is null ? Finding.Unknown(file.NoText, "Add the file again.") : Finding.Unknown("Nobody said which days it speaks of.", "Name the days, so that they can be held against the window.");
        var reused = known.Open.FirstOrDefault(window => days.Last < window.Begins && file.AddedOn < window.Begins && file.Links.Any(link => link.Since >= window.Begins));
        if (reused is not null)
            return Finding.Wrong($"It was taken up again in the window “{reused.Title}”. It speaks of {Say.Days(days)}.", "Add a new one from days of this window.");
        return file.Inside is null ? Finding.Unknown(file.NoText, "Add the file again.") : Finding.Clear;
    }

    private static bool Differ((DateOnly First, DateOnly Last)? one, (DateOnly First, DateOnly Last)? other) =>
        one is { } first && other is { } second && (first.Last < second.First || second.Last < first.First);
}

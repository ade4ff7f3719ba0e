namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class DoneWithoutProof() : Reason(18, "Ticket says done, and nothing shows it", "A status is a claim. The result is the proof.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.Ticket)
            return Finding.NotMeant;
        if (file.Told.Proof is not null)
            return Finding.Clear;
        if (file.Told.DoneOn is not null || Say.HasWord(file.Text, "done", "closed", "resolved", "fixed", "completed"))
            return Finding.Wrong("It says that it is done, and not where the result can be seen.", "Add the result as a file, and name it here.");
        return file.Text is null ? Finding.Unknown(file.NoText, "Say whether it is done, and where the result is.") : Finding.Unknown("Nobody said whether it is done.", "Say when it was done, and where the result is.");
    }
}

internal sealed class SuppressedWithoutReason() : Reason(19, "Weakness switched off without a reason", "A finding that is hidden is not mended. Somebody has to answer for it, until a day.")
{
    private static readonly string[] Hidden = ["suppressed", "ignored", "dismissed", "won't fix", "wontfix", "deactivated", "false positive", "risk accepted", "accepted risk", "muted"];

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsFor("VUL-01", "VUL-02", "CHG-07", "MON-04"))
            return Finding.NotMeant;
        if (file.Text is not { } text)
            return Finding.Unknown(file.NoText, "Add the findings as CSV.");
        if (file.Table is not { } table)
            return Say.Holds(text, Hidden) ? Finding.Judge("It speaks of findings that were hidden or accepted.", "Show for each one the reason, who decided, and until when.") : Clear(file);
        var rows = Enumerable.Range(0, table.Rows.Count).Where(row => table.Rows[row].Any(cell => Say.HasWord(cell, Hidden))).ToList();
        if (rows.Count == 0)
            return Clear(file);
        var (reason, by, until) = (table.Find("reason", "justification", "comment", "why"), table.Find("approver", "approvedby", "decidedby", "acceptedby", "owner"), table.Find("until", "expires", "expiry", "reviewdate"));
        var bare = rows.Where(row => table.Cell(row, reason).Length == 0 || table.Cell(row, by).Length == 0 || table.Cell(row, until).Length == 0).ToList();
        return bare.Count == 0 ? Clear(file) : Finding.Wrong($"Hidden without reason, person or last day: {Say.Rows(bare)}.", "Write down for each one why, who decided, and until when.");
    }

    private static Finding Clear(Exhibit file) => file.IsCut ? Finding.Unknown("The file is too long to be read to its end.", "Add it in two parts.") : Finding.Clear;
}

internal sealed class EnabledIsNotDone() : Reason(22, "“Backup is on” as proof that it worked", "A switch that is on does not show that last night’s backup is whole.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsFor("AVL-03"))
            return Finding.NotMeant;
        if (file.Kind == EvidenceKind.Screenshot || file.IsPicture)
            return Finding.Wrong("A picture of the setting does not show that backups were made each day.", "Add the history of the runs, each with its day and how it ended.");
        if (file.Table is not { } table)
            return Finding.Unknown("Plainproof cannot see in this kind of file whether it lists the runs.", "Add the history of the runs as CSV.");
        return table.Rows.Count > 1 && table.Find("date", "time", "start", "finish", "day", "at") >= 0 && table.Find("status", "result", "state", "outcome", "success", "exit") >= 0 ? Finding.Clear
            : Finding.Judge("It does not list runs with a day and a result.", "Add the history of the runs, each with its day and how it ended.");
    }
}

internal sealed class NothingBehindThePass() : Reason(23, "“All passed” with no items behind it", "The auditor tests items. A green tile holds none.")
{
    private static readonly string[] Signs = ["dashboard", "score", "compliant", "compliance", "overview", "all green", "100%", "passed"];

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind is not (EvidenceKind.Screenshot or EvidenceKind.Document or EvidenceKind.Other) || file.Table is not null)
            return Finding.NotMeant;
        if (known.Beside(file).Any(other => other.Kind is EvidenceKind.Export or EvidenceKind.Population))
            return Finding.Clear;
        if (Say.Holds($"{file.Says} {file.FileName} {file.Told.System}", Signs))
            return Finding.Judge("It seems to be an overview, and no list of items stands beside it.", "Add the export with each item and its result.");
        if (file.Text is null)
            return file.AcceptedBy is not null ? Finding.Clear : Finding.Unknown(file.NoText, "Whoever accepts it looks whether it shows the items themselves.");
        return Finding.Clear;
    }
}

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class VendorReportOfNoUse() : Reason(20, "Vendor report: old, of another service, or unread", "It counts for its own days and services, and only when somebody drew conclusions from it.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.VendorReport)
            return Finding.NotMeant;
        List<string> wrong = [];
        if (file.Told.ExpiresOn < known.Today)
            wrong.Add($"It counted until {Say.Day(file.Told.ExpiresOn.Value)}.");
        if (file.Told.Scope is null)
            wrong.Add("Nobody said which service it is about.");
        if (file.Told.ReadBy is null)
            wrong.Add("Nobody said who read it.");
        if (wrong.Count > 0)
            return Finding.Wrong(string.Join(' ', wrong), "Get the newest report. Write down its service, who read it, and what you must do yourselves.");
        if (file.CoversTo is not { } last)
            return Finding.Unknown("Nobody said which days the report covers.", "Name its first and last day.");
        if (known.For(file.Days) is not { } window)
            return Finding.Unknown("No engagement is planned, so there is no window to hold its days against.", "Plan an engagement with its days.");
        return last >= window.Begins ? Finding.Clear
            : Finding.Judge($"It ends on {Say.Day(last)}, before the window begins.", "Get the next report. Up to three months, a letter from the vendor’s managers may bridge the gap.");
    }
}

internal sealed class TestedByOurselves() : Reason(21, "Penetration test by own staff, or of another product", "Whoever built it overlooks the same things twice.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.PenetrationTest)
            return Finding.NotMeant;
        if (file.Told.Tester is not { } tester || file.Told.Scope is null)
            return Finding.Unknown((file.Told.Tester is null ? "Nobody said who tested." : "") + (file.Told.Scope is null ? " Nobody said which product was tested." : ""), "Say both here.");
        if (known.PersonOf(tester) is { } own)
            return Finding.Wrong($"{own.Name} works for you.", "Have somebody test it who did not build it, and who can show that they know how.");
        if (Say.HasWord(tester, "we", "us", "ourselves", "internal", "own team", "in-house"))
            return Finding.Wrong($"“{tester}” sounds like your own people.", "Have somebody test it who did not build it, and who can show that they know how.");
        return file.AcceptedBy is not null ? Finding.Clear : Finding.Unknown("Plainproof does not know whether this is the product that your customers use.", "Whoever accepts it looks.");
    }
}

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class PolicyNotInForce() : Reason(11, "Policy without approver or day", "A policy counts from the day on which a named person approved it.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.Policy)
            return Finding.NotMeant;
        if (file.Told.Approver is null || file.Told.ApprovedOn is not { } approved)
            return Finding.Wrong(
                (file.Told.Approver is null ? "Nobody said who approved it." : "") + (file.Told.ApprovedOn is null ? " Nobody said on which day it was approved." : ""),
                "Say both here. If nobody approved it yet, have it approved first. No day can be given backwards.");
        if (known.For(null) is not { } window)
            return Finding.Unknown("No engagement is planned, so nobody can tell whether a version was in force every day.", "Plan an engagement with its days.");
        if (approved <= window.Begins || known.Beside(file).Any(other => other.Kind == EvidenceKind.Policy && other.ApprovedOn <= window.Begins))
            return Finding.Clear;
        return Finding.Judge(
            $"It was approved on {Say.Day(approved)}, after the window began on {Say.Day(window.Begins)}.",
            "A version has to be in force every day. Add the version that held before.");
    }
}

internal sealed class ApprovedAfterwards() : Reason(12, "Approved after it was done", "An approval that comes afterwards could not have stopped anything.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Table is { } table && table.Find("approvedat", "approvedon", "approvaldate", "dateofapproval", "approvaltime") is var approved and >= 0
            && table.Find("doneat", "doneon", "grantedat", "grantedon", "mergedat", "deployedat", "completedat", "completedon", "dategranted", "deployed", "closedat") is var done and >= 0)
            return InRows(table, approved, done, file.IsCut);
        if (file.IsClosedList("CHG-01", "CHG-04", "AC-01", "VEN-02"))
            return Finding.Unknown("Plainproof cannot look into this list.", "Add it as CSV, with the times of approval and of the work.");
        if (file.Kind != EvidenceKind.Ticket)
            return Finding.NotMeant;
        return (file.Told.ApprovedOn, file.Told.DoneOn) switch
        {
            ({ } first, { } then) when first > then => Finding.Wrong($"It was done on {Say.Day(then)} and approved on {Say.Day(first)}.", "It stays so on record. Explain what happened, and approve first from now on."),
            ({ } first, { } then) when first == then => Finding.Unknown("Both fell on one day, so the days do not tell which came first.", "Add the page that shows the times."),
            ({ }, { }) => Finding.Clear,
            _ => Finding.Unknown("Nobody said when it was approved and when it was done.", "Say both days here."),
        };
    }

    private static Finding InRows(Insides.Table table, int approved, int done, bool isCut)
    {
        var (late, unclear) = (new List<int>(), new List<int>());
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (table.Cell(row, done).Length == 0)
                continue;
            if (Say.Moment(table.Cell(row, done)) is { } then && Say.Moment(table.Cell(row, approved)) is { } first)
            {
                if (first > then)
                    late.Add(row);
            }
            else
                unclear.Add(row);
        }

        return late.Count > 0 ? Finding.Wrong($"The approval came after the work in {Say.Rows(late)}.", "It stays so on record. Explain each one, and approve first from now on.")
            : unclear.Count > 0 ? Finding.Unknown($"The times could not be read in {Say.Rows(unclear)}.", "Write days as 2027-03-31, and leave none empty.")
            : isCut ? Finding.Unknown("The list is too long to be read to its end.", "Add it in two parts.")
            : Finding.Clear;
    }
}

internal sealed class SamePerson() : Reason(13, "One person asked and approved", "The second look has to be somebody else’s, under whatever name.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Table is { } table && table.Find("requester", "requestedby", "askedby", "author", "createdby", "openedby") is var asked and >= 0
            && table.Find("approver", "approvedby", "reviewer", "reviewedby", "decidedby") is var approver and >= 0)
            return InRows(table, asked, approver, known, file.IsCut);
        if (file.IsClosedList("CHG-01", "CHG-04", "AC-01", "VEN-02"))
            return Finding.Unknown("Plainproof cannot look into this list.", "Add it as CSV, with who asked and who approved.");
        var first = file.Kind switch
        {
            EvidenceKind.Ticket => file.Told.AskedBy ?? file.Told.DoneBy,
            EvidenceKind.Policy or EvidenceKind.Document => file.Told.Author,
            _ => null,
        };
        if (file.Kind is not (EvidenceKind.Ticket or EvidenceKind.Policy) && (first ?? file.Told.Approver) is null)
            return Finding.NotMeant;
        if (first is null || file.Told.Approver is not { } second)
            return Finding.Unknown("Nobody said both who asked or wrote, and who approved.", "Name both here.");
        if (known.IsSame(first, second))
            return Finding.Wrong($"{first} and {second} are one person.", "Have somebody else approve it.");
        return known.People is null || known.PersonOf(first) is null || known.PersonOf(second) is null
            ? Finding.Unknown("The names differ, and your list of people does not know both. Two names may be one person.", "Use the addresses that stand in your list of people.")
            : Finding.Clear;
    }

    private static Finding InRows(Insides.Table table, int asked, int approver, Knowledge known, bool isCut)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToList();
        var same = rows.Where(row => table.Cell(row, asked).Length > 0 && table.Cell(row, approver).Length > 0 && known.IsSame(table.Cell(row, asked), table.Cell(row, approver))).ToList();
        var empty = rows.Where(row => table.Cell(row, asked).Length == 0 || table.Cell(row, approver).Length == 0).ToList();
        return same.Count > 0 ? Finding.Wrong($"One person asked and approved in {Say.Rows(same)}.", "Explain each one. From now on somebody else approves.")
            : empty.Count > 0 ? Finding.Unknown($"A name is missing in {Say.Rows(empty)}.", "Add who asked and who approved.")
            : isCut ? Finding.Unknown("The list is too long to be read to its end.", "Add it in two parts.")
            : Finding.Clear;
    }
}

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class TypedByHand() : Reason(6, "A list typed by hand", "A list that people typed may miss items. One that a system made can be made again.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.Population && !(file.Kind == EvidenceKind.Export && file.Inside?.LineCount is not null))
            return Finding.NotMeant;
        if (file.Told.System is null)
            return Finding.Wrong("Nobody said which system made this list.", "Name the system. If people keep the list, explain how you know that it is complete.");
        return file.Inside switch
        {
            null or { State: Insides.InsideState.Unreadable } => Finding.Unknown(file.NoText, "Export the list as CSV."),
            { MadeWith: { } program } when Say.Holds(program, "excel", "libreoffice", "numbers", "sheets", "calc") =>
                Finding.Judge($"{program} wrote this file, so rows may have been typed.", "Add the file as the system gave it, or explain how you know that it is complete."),
            { LineCount: null } => Finding.Unknown("Plainproof cannot look into lists of this kind.", "Export the list as CSV."),
            _ => Finding.Clear,
        };
    }
}

internal sealed class WithoutItsQuery() : Reason(7, "A list without its query", "Nobody can tell what was left out when the query and its filters are not known.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind is not (EvidenceKind.Export or EvidenceKind.Population or EvidenceKind.Nothing))
            return Finding.NotMeant;
        return file.Told.Query is not null ? Finding.Clear
            : file.Kind == EvidenceKind.Nothing ? Finding.Wrong("It says that nothing happened, and not how anybody searched for it.", "Write down the search that found nothing: where, for what, from which day to which.")
            : Finding.Wrong("Nobody said with which query and filters it was made.", "Write them down here, with the time zone.");
    }
}

internal sealed class PartOfTheList() : Reason(8, "Only a part of the list", "A filtered list, or only its first page, hides the rest.")
{
    private static readonly long[] PageSizes = [10, 20, 25, 30, 50, 100, 150, 200, 250, 300, 500, 1000, 2000, 2500, 5000, 10_000, 50_000, 100_000];

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsList)
            return Finding.NotMeant;
        if (Say.HasWord(file.Told.Query, "limit", "top", "first page", "page 1", "page=1", "head"))
            return Finding.Judge("Its query seems to ask for a part only.", "Export all pages, without a limit.");
        var (counted, told) = (file.Inside?.LineCount, file.Told.Rows);
        return (counted, told) switch
        {
            ({ } rows, { } all) when rows == all => Finding.Clear,
            ({ } rows, { } all) => Finding.Wrong($"The file has {Say.Number(rows)} rows, and the system counts {Say.Number(all)}.", "Export all pages, or correct the number."),
            ({ } rows, null) when PageSizes.Contains(rows) => Finding.Judge($"It has exactly {Say.Number(rows)} rows. That is often the first page only.", "Export all pages, and say how many the system counts."),
            ({ } rows, null) => Finding.Unknown($"It has {Say.Number(rows)} rows, and nobody said how many the system counts.", "Write down the number that the system itself shows."),
            _ => Finding.Unknown("Plainproof cannot count the rows in this kind of file.", "Export the list as CSV, and say how many the system counts."),
        };
    }
}

internal sealed class PeopleMissing() : Reason(17, "Training list without everybody", "Contractors who can reach customer data need the training too.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsFor("HR-04", "HR-05", "GOV-05"))
            return Finding.NotMeant;
        if (file.Text is not { } text)
            return Finding.Unknown(file.NoText, "Add the list as text or CSV, so that it can be held against your people.");
        if (known.People is not { } people)
            return Finding.Unknown("No complete list of your people was read.", "Connect your list of people, with contractors in it.");
        var days = file.Days ?? (file.AddedOn, file.AddedOn);
        var missing = people.Where(person => person.WorkedIn(days) && !person.Names.Any(name => Say.HasWord(text, name))).ToList();
        if (missing.Count == 0)
            return Finding.Clear;
        if (file.IsCut)
            return Finding.Unknown("The list is too long to be read to its end.", "Add it in two parts.");
        if (missing.Count == people.Count(person => person.WorkedIn(days)))
            return Finding.Unknown("It names none of your people, so it may be no list of people.", "Add the list with names or addresses.");
        var contractors = missing.Count(person => person.IsContractor);
        return Finding.Wrong(
            $"It does not name {Say.Some([.. missing.Select(person => person.Name)])}.{(contractors > 0 ? $" {(contractors == missing.Count ? "All" : Say.Number(contractors))} of them work for you from outside." : "")}",
            "Let them do it, and add a list with everybody.");
    }
}

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class ReviewWithoutParts() : Reason(14, "Review without list or follow-up", "A review has three parts: the list, a decision for each line, and what was removed.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsFor("AC-06"))
            return Finding.NotMeant;
        if (file.Table is not { } table)
            return file.Text is not null || file.Inside is null || file.IsPicture
                ? Finding.Unknown("Plainproof cannot see in this kind of file whether all three parts are there.", "Add the list with the decisions as CSV.")
                : Finding.Unknown(file.NoText, "Add the list with the decisions as CSV.");
        List<string> missing = [];
        if (table.Find("account", "user", "login", "email", "name", "member") < 0)
            missing.Add("the accounts");
        if (table.Find("decision", "decided", "keep", "result", "outcome", "verdict", "review") < 0)
            missing.Add("a decision for each");
        if (table.Find("removed", "revoked", "removal", "ticket", "done", "followup") < 0)
            missing.Add("what was removed and when");
        return missing.Count == 0 ? Finding.Clear : Finding.Wrong($"This part is not in the list: {string.Join("; ", missing)}.", "Add a column for it. If nothing was removed, say so.");
    }
}

internal sealed class ReviewSkippedSystems() : Reason(15, "Review that skipped systems", "The forgotten system is where the forgotten account is.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsFor("AC-06"))
            return Finding.NotMeant;
        if (file.Text is not { } text)
            return Finding.Unknown(file.NoText, "Add the list as text or CSV.");
        if (known.Systems.Count == 0)
            return Finding.Unknown("No system is connected, so there is no list to hold it against.", "Connect your systems.");
        var all = $"{text}\n{file.Says}\n{file.Told.System}\n{file.Told.Account}";
        var missing = known.Systems.Where(system => !system.Names.Any(name => name.Length > 2 && Say.Holds(all, name))).Select(system => system.Name).ToList();
        if (missing.Count == known.Systems.Count)
            return Finding.Unknown("It names none of your systems, so nobody can tell which were reviewed.", "Add a column with the system.");
        if (missing.Count > 0)
            return file.IsCut ? Finding.Unknown("The list is too long to be read to its end.", "Add it in two parts.")
                : Finding.Judge($"It does not name {Say.Some(missing)}.", "Review these too, or add the files where they were reviewed.");
        return Say.HasWord(all, "admin", "administrator", "root", "service", "superuser") ? Finding.Clear
            : Finding.Judge("It names no administrator and no service account.", "Review these too. They can do the most.");
    }
}

internal sealed class LeaverElsewhere() : Reason(16, "Leaver off in one place only", "An account in a tool of its own stays open when only the directory is closed.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (!file.IsFor("AC-05"))
            return Finding.NotMeant;
        if (known.Systems.Count < 2)
            return Finding.Unknown("Plainproof knows of no second system, so it cannot tell what is missing.", "Connect all systems in which people have accounts.");
        var all = $"{file.Text}\n{file.Says}\n{file.Told.System}\n{file.Told.Account}";
        var missing = known.Systems.Where(system => !system.Names.Any(name => name.Length > 2 && Say.Holds(all, name))).Select(system => system.Name).ToList();
        return missing.Count == 0 ? Finding.Clear
            : missing.Count == known.Systems.Count || file.Text is null
            ? Finding.Unknown("It cannot be seen for which systems it shows the end of the access.", "Name the systems in “What it shows”, each with the time.")
            : Finding.Judge($"It says nothing of {Say.Some(missing)}.", "Add when the access ended there, or that the person had none.");
    }
}

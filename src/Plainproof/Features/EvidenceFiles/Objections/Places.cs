namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed class TestSystem() : Reason(4, "From a test system", "Only what customers use is tested. A test system may be set up in another way.")
{
    private static readonly string[] Signs = ["staging", "sandbox", "test", "testing", "dev", "develop", "development", "qa", "uat", "preprod", "demo", "localhost"];

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind is not (EvidenceKind.Screenshot or EvidenceKind.Export or EvidenceKind.Population or EvidenceKind.Nothing) && !(file.IsPicture && file.Kind == EvidenceKind.Other))
            return Finding.NotMeant;
        if (file.IsFor("CHG-05"))
            return Finding.NotMeant; // That control is about test systems.
        var sign = Say.HasWord(file.Told.Account, Signs) ? file.Told.Account : Say.HasWord(file.Told.System, Signs) ? file.Told.System : null;
        return (file.Told.Environment, sign) switch
        {
            (Setting.Test, _) => Finding.Wrong("You said that it shows a test system.", "Make the same from production."),
            (Setting.Production, not null) => Finding.Judge($"You said production, and “{sign}” sounds like a test system.", "Look at it again, and correct what is wrong."),
            (Setting.Production, _) => Finding.Clear,
            (_, not null) => Finding.Wrong($"“{sign}” sounds like a test system.", "Make the same from production, or say that it is production."),
            _ => Finding.Unknown("Nobody said whether it shows production.", "Say it here."),
        };
    }
}

internal sealed class WrongAccount() : Reason(5, "Wrong account, tenant or region", "It has to be your own account, and the one that the report is about.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind is not (EvidenceKind.Screenshot or EvidenceKind.Export or EvidenceKind.Population or EvidenceKind.Nothing))
            return Finding.NotMeant;
        if ((file.Told.Account ?? file.Told.System) is not { } named)
            return Finding.Unknown("Nobody said which account or address it shows.", "Say it here.");
        if (known.LeftOut.FirstOrDefault(one => Fits(one, named)) is { } left)
            return Finding.Wrong($"It shows {named}. You left “{left}” out of the report.", "Add one from a system of the report, or take the system in again.");
        if (known.Systems.Count == 0)
            return Finding.Unknown("No system is connected, so there is no list to hold it against.", "Connect your systems, or look yourself whether it is yours.");
        return known.Systems.Any(system => system.Names.Any(name => Fits(name, named) || Fits(name, file.Told.System ?? named))) ? Finding.Clear
            : Finding.Judge($"{named} is not in your list of systems.", "Correct the name, or connect the system, so that the auditor finds it in the list.");
    }

    private static bool Fits(string known, string named) => known.Length > 2 && named.Length > 2 && (Say.Holds(named, known) || Say.Holds(known, named));
}

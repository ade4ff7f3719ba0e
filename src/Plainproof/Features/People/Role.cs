namespace Plainproof.Features.People;

/// <summary>What a person is in one company. A person has one role there, so nobody is judge and judged at once.</summary>
internal enum Role
{
    Owner,
    Member,
    ControlOwner,
    Adviser,
    Auditor,
    Viewer,
}

/// <summary>What somebody may do in a company. A page names the one that it needs.</summary>
internal enum Ability
{
    /// <summary>Read everything of the company.</summary>
    See,

    /// <summary>Do the daily work: answer, draft, plan, finish tasks.</summary>
    Work,
    UploadEvidence,
    ManageSystems,
    ManagePeople,
    ManageEngagement,
    AcceptEvidence,
    AcceptRisks,
    ApprovePolicies,

    /// <summary>Sign in the company's name, such as management's assertion.</summary>
    Sign,

    /// <summary>Read the auditor's own part: samples that are not issued, ticks, tests, what was concluded.</summary>
    SeeTests,

    /// <summary>The auditor's part: tests, results, what was concluded.</summary>
    WriteTests,
}

/// <summary>Who may do what. The one table; everything asks it.</summary>
internal static class Roles
{
    private static readonly Dictionary<Role, Ability[]> Table = new()
    {
        [Role.Owner] = [Ability.See, Ability.Work, Ability.UploadEvidence, Ability.ManageSystems, Ability.ManagePeople, Ability.ManageEngagement, Ability.AcceptEvidence, Ability.AcceptRisks, Ability.ApprovePolicies, Ability.Sign],
        [Role.Member] = [Ability.See, Ability.Work, Ability.UploadEvidence, Ability.ManageSystems],
        [Role.ControlOwner] = [Ability.See, Ability.Work, Ability.UploadEvidence, Ability.AcceptEvidence],
        [Role.Adviser] = [Ability.See, Ability.Work, Ability.UploadEvidence, Ability.ManageSystems, Ability.ManagePeople, Ability.ManageEngagement],
        [Role.Auditor] = [Ability.See, Ability.SeeTests, Ability.WriteTests],
        [Role.Viewer] = [Ability.See],
    };

    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    public static bool May(this Role role, Ability ability) => Table[role].Contains(ability);

    /// <summary>The role as people read it.</summary>
    public static string Title(this Role role) => role switch
    {
        Role.Owner => "Owner",
        Role.Member => "Member",
        Role.ControlOwner => "Control owner",
        Role.Adviser => "Adviser",
        Role.Auditor => "Auditor",
        _ => "Viewer",
    };

    public static string Plain(this Role role) => role switch
    {
        Role.Owner => "Runs the company here: people, systems, approvals and signatures.",
        Role.Member => "Does the daily work: answers, tasks, drafts and uploads.",
        Role.ControlOwner => "Looks after controls, and accepts the evidence for them.",
        Role.Adviser => "Helps from outside. Never approves, accepts or signs for the company.",
        Role.Auditor => "Reads everything, and writes only the tests and their results.",
        _ => "Reads everything and changes nothing.",
    };
}

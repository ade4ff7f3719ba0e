namespace Plainproof.Features.EvidenceFiles;

/// <summary>What sort of proof a file is. Each sort is asked for other things.</summary>
internal enum EvidenceKind
{
    Other,
    Screenshot,
    Export,
    Population,
    Document,
    Policy,
    Ticket,
    Minutes,
    VendorReport,
    PenetrationTest,
    Nothing,
}

internal static class EvidenceKinds
{
    public static IReadOnlyList<EvidenceKind> All { get; } = Enum.GetValues<EvidenceKind>();

    public static string Title(this EvidenceKind kind) => kind switch
    {
        EvidenceKind.Screenshot => "Screenshot",
        EvidenceKind.Export => "Export from a system",
        EvidenceKind.Population => "Complete list of all items",
        EvidenceKind.Document => "Document or description",
        EvidenceKind.Policy => "Policy",
        EvidenceKind.Ticket => "Ticket",
        EvidenceKind.Minutes => "Minutes of a meeting",
        EvidenceKind.VendorReport => "Report from a vendor",
        EvidenceKind.PenetrationTest => "Penetration test report",
        EvidenceKind.Nothing => "Statement that nothing happened",
        _ => "Something else",
    };
}

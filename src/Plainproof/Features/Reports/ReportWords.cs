namespace Plainproof.Features.Reports;

/// <summary>How a report is said. The opinion is the firm's; these are only its names.</summary>
internal static class ReportWords
{
    public static string Of(Opinion opinion) => opinion switch
    {
        Opinion.Unmodified => "Unmodified",
        Opinion.Qualified => "Qualified",
        Opinion.Adverse => "Adverse",
        _ => "Disclaimer",
    };

    public static string Explained(Opinion opinion) => opinion switch
    {
        Opinion.Unmodified => "Unmodified: the firm agrees with management in all that matters",
        Opinion.Qualified => "Qualified: the firm agrees, except for what it names",
        Opinion.Adverse => "Adverse: the firm does not agree",
        _ => "Disclaimer: the firm could not get enough evidence to say",
    };

    /// <summary>Where the report and the plan differ, as sentences. The report counts.</summary>
    public static IEnumerable<string> Differences(FinalReport report, Engagements.Engagement it)
    {
        if (it.Firm.Length > 0 && !it.Firm.Equals(report.Firm, StringComparison.OrdinalIgnoreCase))
            yield return $"The engagement names the firm {it.Firm}, and the report is signed by {report.Firm}.";
        if ((report.FirstDay, report.LastDay) != (it.Begins, it.Ends))
            yield return "The report speaks of other days than the engagement. The report counts.";
        if (report.Type != it.Kind)
            yield return "The report is of another type than the engagement. The report counts.";
    }
}

using Plainproof.Catalog;

namespace Plainproof.Assurance.Planning;

/// <summary>The work on the way to a first report: the gaps that must close, and what everyone has to do once.</summary>
internal static class ReportWork
{
    private const string ChooseFirm = "W-07";
    private const string SignFirm = "W-08";

    /// <summary>Standing work of the days after the report is begun.</summary>
    private static readonly string[] Later = ["W-10", "W-11"];

    /// <param name="gaps">Those that must close before the as-of day or the window.</param>
    /// <param name="effort">How much more or less all of it takes in this company.</param>
    public static IEnumerable<PlanTask> Of(Catalogue catalogue, IEnumerable<OpenGap> gaps, double effort)
    {
        foreach (var gap in gaps)
            yield return new PlanTask(gap.Id, gap.Title, Guess.Between(gap.Hours.Low, gap.Hours.High).Times(effort), WaitOf(catalogue, gap), gap.NeedsFirst);
        foreach (var item in catalogue.Standing.Items.Where(item => item.Per is null && !Later.Contains(item.Id)))
            yield return new PlanTask(
                item.Id, item.Item, Guess.Between((double)item.Hours.Low, (double)item.Hours.High).Times(effort),
                item.Id == SignFirm ? Estimates.FindAuditor : default, item.Id == SignFirm ? [ChooseFirm] : []);
    }

    private static Guess WaitOf(Catalogue catalogue, OpenGap gap) =>
        catalogue.By.Gap.TryGet(gap.Id, out var known) ? Guess.Between(known.LeadDays.Low, known.LeadDays.High) : default;
}

using Plainproof.Assurance.Period;
using Plainproof.Features.Engagements;
using Plainproof.Features.Recurring;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>The audit that Larkfield plans, and what its people do again and again: mostly in time, once late, once not at all, once with nothing to do.</summary>
internal sealed class SampleRecurring(SampleActs acts, SampleCalendar year)
{
    private const int Begun = 330;

    public async Task WriteAsync(CompanyRecords records, CancellationToken stop)
    {
        var engagement = new Features.Engagements.Engagement
        {
            Title = "First Type II",
            Kind = EngagementKind.TypeTwo,
            Begins = year.Day(180),
            Ends = year.Day(-3),
            HoursPerWeek = 10,
            Firm = "Harrow & Pike (made up)",
            Licence = "none: it does not exist",
            PeerReview = "none: it does not exist",
            OpenedAt = year.At(340, 9),
            OpenedBy = Larkfield.Mara.Email,
        };
        await acts.AddAsync(records, engagement.OpenedAt, "engagement.opened", "A Type II is planned.", [engagement], stop, EngagementBook.Told(engagement));
        await RoundAsync(records, "GOV-01", Cadence.Quarterly, year.Day(20), 14, Larkfield.Mara, "Tobias, Ines and I went through the goals, the gaps and the incidents of the quarter.", (2, 24), stop);
        await RoundAsync(records, "AC-06", Cadence.Quarterly, year.Day(12), 14, Larkfield.Ines, "I went through every account of the directory and the database with its owner.", (0, 0), stop);
        await RoundAsync(records, "LOG-04", Cadence.Monthly, year.Day(26), 7, Larkfield.Priya, "I raised a false alarm on purpose. It reached the phone in four minutes.", (5, null), stop);
        await RoundAsync(records, "AVL-04", Cadence.Yearly, year.Day(64), 30, Larkfield.Pavel, "I restored the database to an empty machine. It took 38 minutes, and the sums were right.", (0, 0), stop);
        await RoundAsync(records, "INC-04", Cadence.Yearly, year.Day(-34), 30, Larkfield.Ines, "", (0, null), stop);
    }

    /// <summary>Sets the rhythm, and writes each time down on its due day.</summary>
    /// <param name="last">The newest due day; those before it are counted back from it.</param>
    /// <param name="odd">The time that went otherwise, counted back from the newest, and how many days late it was: null when it was never done.</param>
    private async Task RoundAsync(
        CompanyRecords records, string control, Cadence cadence, DateOnly last, int grace, SamplePerson by, string says, (int Back, int? Late) odd, CancellationToken stop)
    {
        var rounds = 0;
        while (Occurrences.Step(last, cadence, -(rounds + 1)) >= year.Day(Begun))
            rounds++;
        var first = Occurrences.Step(last, cadence, -rounds);
        await acts.AddAsync(records, year.At(Begun, 9), "control.rhythm-set", $"{control} is due {RecurringWords.Of(cadence)}.", [new ControlRhythm
        {
            ControlId = control, Begins = year.Day(Begun), Cadence = cadence, FirstDue = first, GraceDays = grace, Why = "The rhythm that our auditor expects.",
            WrittenAt = year.At(Begun, 9), WrittenBy = Larkfield.Ines.Email,
        }], stop);
        for (var round = 0; round <= rounds; round++)
        {
            var (due, late) = (Occurrences.Step(first, cadence, round), rounds - round == odd.Back ? odd.Late : 0);
            if (late is not { } days || due.AddDays(days) >= year.Day(0))
                continue;
            var (ago, isNil) = (year.Day(0).DayNumber - due.DayNumber - days, cadence == Cadence.Quarterly && control == "AC-06" && round == 1);
            await acts.AddAsync(records, year.At(ago, 16), "control.done", $"{control} was done.", [new ControlOccurrence
            {
                ControlId = control, DueOn = due, DoneOn = due.AddDays(days), Says = isNil ? "No access had to be taken away." : says,
                Search = isNil ? "Every account of the directory and the database, against the list of people of that day." : "", ToldAt = year.At(ago, 16), ToldBy = by.Email,
            }], stop);
        }
    }
}

using System.Text;
using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.People;

/// <summary>Second pass: tells each person once, with the evidence sealed first, a thousand rows at a time.</summary>
internal sealed class RosterTelling(RosterReading roster, RosterSurvey survey, ISink sink, string scope, IReadOnlySet<Aspect> wanted)
{
    private const int RowsAtOnce = 1000;

    private readonly List<(int Line, RosterRow Row)> _waiting = [];
    private long _told;

    public async Task TellAsync(CancellationToken stop)
    {
        foreach (var line in roster.Lines())
        {
            if (line.Row is not { } row || survey.LineOf.GetValueOrDefault(row.Person.Email) != line.Line)
                continue;
            _waiting.Add((line.Line, row));
            if (_waiting.Count == RowsAtOnce)
                await FlushAsync(stop);
        }

        await FlushAsync(stop);
        sink.Called(new Call("read the file", Items: survey.Rows, Bytes: roster.File.Length));
        if (wanted.Contains(Aspect.Of<Person>()))
            await CoverAsync<Person>(stop);
        if (wanted.Contains(Aspect.Of<PersonRecords>()))
            await CoverRecordsAsync(stop);
    }

    private async Task FlushAsync(CancellationToken stop)
    {
        if (_waiting.Count == 0)
            return;
        var kept = await sink.KeepTextAsync("application/jsonl", Transcript(), stop);
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (_, row) = _waiting[i];
            var (subject, at) = (Subjects.Of(scope, "person", row.Person.Email), new Pointer(kept, $"line:{i + 2}"));
            if (wanted.Contains(Aspect.Of<Person>()))
                await sink.AddAsync(Fact.Of(subject, row.Person, at), stop);
            if (wanted.Contains(Aspect.Of<PersonRecords>()) && survey.Columns.HasRecords)
                await sink.AddAsync(Fact.Of(subject, row.Records, at), stop);
        }

        _told += _waiting.Count;
        sink.Progress("reading people", _told, survey.LineOf.Count);
        _waiting.Clear();
    }

    /// <summary>
    /// A personnel file also holds pay, birthdays and bank accounts. Only what was understood is kept,
    /// each row with its line, under the digest of the whole file.
    /// </summary>
    private string Transcript()
    {
        var text = new StringBuilder();
        text.Append(JsonSerializer.Serialize(new { file = roster.File.Name, bytes = roster.File.Length, sha256 = roster.File.Sha256, rows = _waiting.Count }, FactJson.Options)).Append('\n');
        foreach (var (line, row) in _waiting)
            text.Append(JsonSerializer.Serialize(new { line, row.Person, row.Records }, FactJson.Options)).Append('\n');
        return text.ToString();
    }

    private ValueTask CoverRecordsAsync(CancellationToken stop) => survey.Columns.HasRecords
        ? CoverAsync<PersonRecords>(stop)
        : sink.CoverAsync<PersonRecords>(
            scope, Completeness.Disabled, "The roster has no column for training, screening, secrecy promise or policies.",
            "Add the columns to the export, or name them: trained-column=, screened-column=, confidentiality-column=, policies-column=.", stop);

    private ValueTask CoverAsync<T>(CancellationToken stop) =>
        survey.BadRows > 0 ? sink.CoverAsync<T>(scope, Completeness.Partial, BadRows(), Mend(), stop, _told)
        : survey.Cut is { } cut ? sink.CoverAsync<T>(scope, Completeness.Partial, $"Reading stopped after {survey.Rows} rows: {cut}.", "Export the list again.", stop, _told)
        : _told == 0 ? sink.CoverAsync<T>(scope, Completeness.Unproven, "The roster lists nobody.", "Check the export.", stop)
        : sink.CoverCompleteAsync<T>(scope, _told, stop, survey.LineOf.Count);

    private string BadRows()
    {
        var more = survey.BadRows > survey.Bad.Count ? $" And {survey.BadRows - survey.Bad.Count} more." : "";
        var cut = survey.Cut is { } why ? $" Then reading stopped: {why}." : "";
        return $"{survey.BadRows} of {survey.Rows} rows could not be used. {string.Join(". ", survey.Bad)}.{more}{cut}";
    }

    private string Mend() => !survey.Ambiguous ? "Correct these rows and export again." : survey.Seen switch
    {
        DayOrder.DayFirst => "Say how dates are written: dates=dmy or dates=mdy. Others in the file put the day first (dates=dmy).",
        DayOrder.MonthFirst => "Say how dates are written: dates=dmy or dates=mdy. Others in the file put the month first (dates=mdy).",
        _ => "Say how dates are written: dates=dmy (day first) or dates=mdy (month first).",
    };
}

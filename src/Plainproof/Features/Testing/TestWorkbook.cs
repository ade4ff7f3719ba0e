using Plainproof.Documents;
using Plainproof.Features.Sampling;

namespace Plainproof.Features.Testing;

/// <summary>The tests of an engagement as a workpaper of the auditor.</summary>
internal sealed class TestWorkbook(TestReader reader)
{
    private static readonly SheetColumn[] TestColumns =
    [
        new("Control", 12), new("Title", 32), new("Criteria", 16), new("Sentence tested", 60), new("From", 12), new("To", 12), new("Part", 12), new("How", 24), new("What was done", 60),
        new("Items tested", 12), new("No exception", 12), new("Deviations", 12), new("Not applicable", 14), new("Open", 10), new("No occasion: where searched", 40),
        new("Concluded", 24), new("Reference", 20), new("Note", 40), new("By", 24), new("At (UTC)", 20),
    ];

    private static readonly SheetColumn[] TickColumns = [new("Sample", 38), new("Row", 8), new("What is tested", 40), new("Found", 16), new("Note", 40), new("Reference", 20), new("By", 24), new("At (UTC)", 20)];

    /// <summary>Null for everybody but auditors, and where there is no such engagement.</summary>
    /// <exception cref="Evidence.EvidenceException">The sealed rows of a sample are damaged or gone.</exception>
    public async Task<byte[]?> OfAsync(string engagement, string by, DateTimeOffset at, CancellationToken stop)
    {
        if (await reader.OfAsync(engagement, stop) is not { } tested)
            return null;
        var (newest, earlier) = (new List<IReadOnlyList<object?>>(), new List<IReadOnlyList<object?>>());
        foreach (var (control, wording, part) in from control in tested.Controls from wording in control.Wordings from part in control.Parts select (control, wording, part))
        {
            newest.Add(Row(control, wording, part, wording.Newest(part), part == TestPart.Operation ? await reader.TallyAsync(control, wording, stop) : null));
            earlier.AddRange(wording.Tests.Where(test => test.Part == part).SkipLast(1).Select(test => Row(control, wording, part, test, null)));
        }

        var heading = $"{TestWords.Heading} {tested.It.Title}.";
        using var file = new MemoryStream();
        XlsxFile.Write(
            [new Sheet("Auditor tests", TestColumns, newest, heading), new Sheet("Earlier", TestColumns, earlier, $"{heading} What stood there before."), new Sheet("Ticks", TickColumns, [.. tested.Samples.SelectMany(Ticks)], $"{heading} Item by item.")],
            new FileFacts(by, at), file);
        return file.ToArray();
    }

    private static IReadOnlyList<object?> Row(TestedControl control, TestedWording wording, TestPart part, ControlTest? test, ItemTally? items) =>
    [
        control.Control.Id, wording.Title, string.Join(' ', control.Control.Criteria), wording.Statement, wording.From, wording.To, TestWords.Of(part), string.Join(", ", (test?.MethodList ?? []).Select(TestWords.Of)), test?.Done,
        items?.Tested, items?.NoException, items?.Deviations, items?.NotApplicable, items?.Open, test?.Searched, TestWords.Of(test?.Conclusion ?? TestConclusion.NotConcluded), test?.Reference, test?.Note, test?.WrittenBy, test?.WrittenAt,
    ];

    private static IEnumerable<IReadOnlyList<object?>> Ticks(TestedSample one) =>
        from row in one.Sample.RowList()
        from tested in one.Attributes
        let tick = one.Ticks.GetValueOrDefault((row, tested.Id))
        select (IReadOnlyList<object?>)[one.Sample.Id, row, $"{TestGrid.Letter(tested.Place)}: {tested.Text}", SamplingWords.Of(tick?.Tick ?? Tick.Open), tick?.Note, tick?.Reference, tick?.MarkedBy, tick?.MarkedAt];
}

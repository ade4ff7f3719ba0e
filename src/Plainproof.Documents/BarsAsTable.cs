using System.Globalization;

namespace Plainproof.Documents;

/// <summary>Bars as the numbers they stand for, where nothing can be drawn.</summary>
internal static class BarsAsTable
{
    public static Table Of(Bars bars) =>
        new(["", .. bars.Legend.Select(part => part.Name)], [.. bars.Rows.Select(Row)], bars.Caption);

    private static IReadOnlyList<Text> Row(BarRow row) =>
        [Text.Of(new Run(row.Label, RunStyle.Plain, row.Link)), .. row.Values.Select(value => (Text)value.ToString(CultureInfo.InvariantCulture))];
}

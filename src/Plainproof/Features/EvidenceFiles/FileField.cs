using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Web;
using static Plainproof.Features.EvidenceFiles.EvidenceKind;

namespace Plainproof.Features.EvidenceFiles;

internal enum FieldShape
{
    Text,
    Long,
    Day,
    Number,
    Choice,
}

/// <summary>One thing that can be said about a file. The one table of them: the form, the API and the command line ask what stands here.</summary>
/// <param name="Name">Of the member of <see cref="Told"/>, as JSON has it.</param>
/// <param name="Why">Why an auditor wants it.</param>
/// <param name="For">The kinds of evidence that are asked for it.</param>
internal sealed record FileField(string Name, string Label, string Why, FieldShape Shape, IReadOnlyList<EvidenceKind> For, IReadOnlyList<(string Word, string Label)>? Choices = null)
{
    private const int LongestText = 300;
    private const int LongestLong = 2000;
    private const long MostRows = 1_000_000_000;

    public static IReadOnlyList<FileField> All { get; } =
    [
        new("capturedOn", "Day it was made", "The auditor has to know on which day the system looked like this.", FieldShape.Day, [Screenshot, EvidenceKind.Export, Population, Document, Nothing]),
        new("eventOn", "Day it happened", "Seeing how it is now does not show when it was done.", FieldShape.Day, [Screenshot, Minutes, PenetrationTest, Ticket]),
        new("system", "System it comes from", "A list counts when a system made it, and when that system is named.", FieldShape.Text, [Screenshot, EvidenceKind.Export, Population, Ticket, Nothing]),
        new("environment", "Production or test", "Only what customers use is tested. A test system proves nothing about it.", FieldShape.Choice, [Screenshot, EvidenceKind.Export, Population, Nothing], [("production", "Production"), ("test", "A test system")]),
        new("account", "Account or web address it shows", "It shows that this is your own account and the right one.", FieldShape.Text, [Screenshot, EvidenceKind.Export, Population, Nothing]),
        new("picture", "Whole window or part of it", "A cut or marked picture counts only when the original is there too.", FieldShape.Choice, [Screenshot], [("whole", "The whole window, unchanged"), ("changed", "Cut, covered or drawn on")]),
        new("query", "Query and filters", "Somebody else must be able to make the same list again.", FieldShape.Long, [EvidenceKind.Export, Population, Nothing]),
        new("rows", "Number of items, as the system counts them", "It proves that no item is missing from the list.", FieldShape.Number, [EvidenceKind.Export, Population]),
        new("pages", "Number of pages", "Many systems export only the first page when nobody looks.", FieldShape.Number, [EvidenceKind.Export, Population]),
        new("author", "Written by", "The writer and the one who approves must be two people.", FieldShape.Text, [Document, Policy]),
        new("askedBy", "Asked for by", "Nobody may approve what they asked for.", FieldShape.Text, [Ticket]),
        new("approver", "Approved by", "A rule counts when a named person has put it in force.", FieldShape.Text, [Policy, Document, Ticket]),
        new("approvedOn", "Day of approval", "An approval counts from its day on, never for days before.", FieldShape.Day, [Policy, Document, Ticket]),
        new("doneBy", "Done by", "The auditor looks whether one person did everything alone.", FieldShape.Text, [Ticket]),
        new("doneOn", "Day it was done", "The approval must come first.", FieldShape.Day, [Ticket]),
        new("proof", "Where the proof of the closing is", "The word “done” shows nothing. The result does.", FieldShape.Text, [Ticket]),
        new("people", "People who were there", "The auditor asks one of them whether it took place.", FieldShape.Long, [Minutes]),
        new("sources", "What it was made from", "Every sentence should lead to something that can be looked at.", FieldShape.Long, [Document]),
        new("scope", "Service or product it is about", "Vendors have many services, and a report covers only some of them.", FieldShape.Text, [VendorReport, PenetrationTest]),
        new("readBy", "Read by", "A report that nobody read has told you nothing.", FieldShape.Text, [VendorReport]),
        new("tester", "Tested by", "The testers should not be the people who built it.", FieldShape.Text, [PenetrationTest]),
        new("expiresOn", "Last day it counts", "You are told in time to get the next one.", FieldShape.Day, [VendorReport, PenetrationTest, Policy]),
    ];

    public static IEnumerable<FileField> Of(EvidenceKind kind) => All.Where(field => field.For.Contains(kind));

    /// <summary>What was said, as it is typed; null when nothing was.</summary>
    public string? In(Told told) => JsonSerializer.SerializeToNode(told, Told.Json)![Name]?.ToString();

    /// <summary>What was said, as people read it.</summary>
    public string? Shown(Told told) => In(told) is not { } said ? null
        : Shape == FieldShape.Day ? Storage.Words.Day(said)!.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
        : Choices?.FirstOrDefault(choice => choice.Word == said).Label ?? said;

    /// <param name="typed">What was typed into the field of a name; null or empty when nothing was.</param>
    /// <param name="today">No day of making, happening or approving may lie after it.</param>
    public static Told Read(Func<string, string?> typed, TypedFields fields, DateOnly today)
    {
        var told = new JsonObject();
        foreach (var field in All)
            if (field.Proven(typed(field.Name)?.Trim() ?? "", fields, today) is { } value)
                told[field.Name] = value;
        return told.Deserialize<Told>(Told.Json)!;
    }

    private JsonNode? Proven(string typed, TypedFields fields, DateOnly today)
    {
        if (typed.Length == 0)
            return null;
        switch (Shape)
        {
            case FieldShape.Day:
                var day = fields.Day(typed, $"“{Label}”");
                if (day > today.AddDays(1) && Name != "expiresOn")
                    fields.Problems.Add($"“{Label}” lies in days that have not come yet.");
                return Storage.Words.Day(day);
            case FieldShape.Number:
                if (long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostRows)
                    return number;
                fields.Problems.Add($"“{Label}” is a whole number, without points or commas.");
                return null;
            case FieldShape.Choice:
                if (Choices!.Any(choice => choice.Word == typed))
                    return typed;
                fields.Problems.Add($"“{Label}” is one of: {string.Join(", ", Choices!.Select(choice => choice.Word))}.");
                return null;
            default:
                return fields.Text(typed, $"“{Label}”", Shape == FieldShape.Long ? LongestLong : LongestText);
        }
    }
}

using System.Text.RegularExpressions;
using Plainproof.Features.EvidenceFiles.Insides;

namespace Plainproof.Features.EvidenceFiles.Objections;

internal sealed partial class TemplateMinutes() : Reason(24, "Minutes from a template", "Text that is the same each month shows that nobody wrote down what was said.")
{
    private const double NearTwin = 0.8;

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.Minutes)
            return Finding.NotMeant;
        if (file.Text is not { } text)
            return Finding.Unknown(file.NoText, "Add the minutes as text.");
        if (Gap().Match(text) is { Success: true } gap)
            return Finding.Wrong($"A gap of the template was not filled: {gap.Value}.", "Fill it, and have the people who were there confirm it.");
        var compared = known.Others.Where(other => other.Id != file.Id && other.Kind == EvidenceKind.Minutes && other.Mark != file.Inside!.Mark).Select(other => (Other: other, Likeness: Likeness.Between(file.Inside!.Likeness, other.Likeness))).ToList();
        if (compared.FirstOrDefault(one => one.Likeness >= NearTwin) is { Other: { } twin })
            return Finding.Wrong($"It reads nearly like “{twin.Says}”.", "Write down what was said this time. Have the people who were there confirm it.");
        if (file.Told.People is null)
            return Finding.Judge("Nobody said who was there.", "Name the people, so that the auditor can ask one of them.");
        return file.Inside!.Likeness.Length == 0 ? Finding.Unknown("It is too short to be compared with other minutes.", "Nothing to do, when it is short because little was said.") : Finding.Clear;
    }

    [GeneratedRegex(@"\[(?:company|name|date|insert|your|attendee|tbd)[^\]]{0,40}\]|<(?:company|name|date|insert|your)[^>]{0,40}>|\{\{[^}]{1,40}\}\}|lorem ipsum|\bTBD\b|XX+/XX+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Gap();
}

internal sealed class TextWithoutSource() : Reason(25, "A text with no source", "Smooth sentences that a machine wrote may be true of nothing. Sources can be followed.")
{
    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Kind != EvidenceKind.Document)
            return Finding.NotMeant;
        if (Say.Holds(file.Text, "as an ai language model", "as an ai assistant", "as of my last update", "knowledge cutoff", "i hope this helps"))
            return Finding.Wrong("It holds words that writing programs leave behind.", "Check each sentence, name what it rests on, and let a person answer for it.");
        if (file.Told.Sources is not null)
            return Finding.Clear;
        if (file.Text is null)
            return Finding.Unknown(file.NoText, "Say here what it was made from.");
        return Say.Holds(file.Text, "https://", "http://", "ticket ", "see file") ? Finding.Clear
            : file.Told.Author is null ? Finding.Wrong("Nobody said who wrote it, nor what from.", "Name the writer, and the records that it rests on.")
            : Finding.Judge("Nobody said what it was made from.", "Name the records that it rests on.");
    }
}

internal sealed partial class SecretsInside() : Reason(27, "Secrets or too much about people", "Evidence is passed on. What should not be passed on must not be in it.")
{
    private static readonly string[] Private = ["iban", "salary", "dateofbirth", "birthdate", "birthday", "socialsecurity", "ssn", "passport", "taxid", "homeaddress", "privatephone", "religion", "health", "creditcard", "cardnumber"];

    public override Finding Look(Exhibit file, Knowledge known)
    {
        if (file.Inside?.Secrets is > 0 and var secrets)
            return Finding.Wrong(
                $"{(secrets == 1 ? "A password or key stands" : $"{secrets} passwords or keys stand")} in it. In this kind of file they cannot be masked.",
                "Change the secret now. Make the file again without it, and add that one.");
        if (file.Table is { } table && table.Columns.Where((_, column) => Private.Any(word => table.Find(word) == column)).ToList() is { Count: > 0 } columns)
            return Finding.Judge($"It has these columns: {Say.Some(columns)}.", "Leave out what the control does not need, and add it again.");
        if (file.Text is { } text)
            return Card().IsMatch(text) ? Finding.Judge("It seems to hold bank or card numbers.", "Leave them out, and add it again.")
                : file.IsCut ? Finding.Unknown("The file is too long to be read to its end.", "Look through the rest yourself.")
                : Finding.Clear;
        return file.AcceptedBy is not null ? Finding.Clear : Finding.Unknown(file.NoText, "Whoever accepts it looks for secrets and private data.");
    }

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b|\b(?:4\d{3}|5[1-5]\d{2})[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Card();
}

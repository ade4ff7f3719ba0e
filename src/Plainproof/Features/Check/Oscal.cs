using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plainproof.Catalog;

namespace Plainproof.Features.Check;

/// <summary>What all OSCAL documents of a company share. Every id is made from the company and the thing, so that the same state gives the same bytes.</summary>
internal static partial class Oscal
{
    /// <summary>What readers of today take; newer versions take it too.</summary>
    public const string Version = "1.1.3";

    public const string Catalog = "catalog.json";
    public const string Profile = "profile.json";
    public const string Plan = "system-security-plan.json";
    public const string AssessmentPlan = "assessment-plan.json";
    private const string Namespace = "https://plainproof.example/ns/oscal";
    private const string Preparer = "prepared-by";

    /// <summary>An object whose members are in this order; what is null is left out, because OSCAL has no null.</summary>
    public static Dictionary<string, object> Object(params IEnumerable<(string Name, object? Value)> members) =>
        members.Where(member => member.Value is not null).ToDictionary(member => member.Name, member => member.Value!);

    /// <summary>An empty list is left out, because OSCAL has none.</summary>
    public static IReadOnlyList<T>? Some<T>(IReadOnlyList<T> list) => list.Count > 0 ? list : null;

    public static Dictionary<string, object> Metadata(CheckRun run, string title) => Object(
        ("title", run.Mark is null ? title : $"SAMPLE: {title}"),
        ("last-modified", Time(run.At)),
        ("version", run.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("oscal-version", Version),
        ("roles", new[] { Object(("id", Preparer), ("title", "Who prepared this")) }),
        ("parties", new[] { Object(("uuid", Id(run, "party")), ("type", "organization"), ("name", run.Company)) }),
        ("responsible-parties", new[] { Object(("role-id", Preparer), ("party-uuids", new[] { Id(run, "party") })) }),
        ("remarks", $"{(run.Mark is null ? "" : run.Mark + " ")}{Words.NotAnAudit} {Words.FourNumbers}"));

    /// <summary>Null when there is nothing to say.</summary>
    public static Dictionary<string, object>? Property(string name, string? value) =>
        Blanks().Replace(value ?? "", " ").Trim() is { Length: > 0 } said ? Object(("name", name), ("ns", Namespace), ("value", said)) : null;

    public static IReadOnlyList<Dictionary<string, object>>? Properties(params IEnumerable<Dictionary<string, object>?> some) => Some([.. some.OfType<Dictionary<string, object>>()]);

    public static string ControlId(string criterion) => criterion.ToLowerInvariant();

    public static string StatementId(string criterion) => $"{ControlId(criterion)}_smt";

    public static IEnumerable<Criterion> InScope(CheckRun run) => run.Readiness.Criteria.Select(view => view.Criterion);

    /// <summary>The criteria that the report is to cover.</summary>
    public static object Reviewed(CheckRun run) => Object(("control-selections", new[] { Object(("include-controls", InScope(run).Select(one => Object(("control-id", ControlId(one.Id)))))) }));

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A UUID of version 5 in its form, out of SHA-256.</summary>
    public static string Id(CheckRun run, params IEnumerable<string> thing)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', thing.Prepend(run.Company).Prepend("plainproof"))));
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x50), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes.AsSpan(0, 16), bigEndian: true).ToString("D");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

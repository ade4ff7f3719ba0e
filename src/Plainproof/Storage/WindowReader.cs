using System.Data.Common;
using System.Text.Json;
using Plainproof.Assurance.Period;
using Plainproof.Assurance.Populations;
using Plainproof.Facts;

namespace Plainproof.Storage;

/// <summary>What systems told over a window, version by version: also what is gone or different today.</summary>
internal static class WindowReader
{
    /// <summary>A system that nobody looked at for longer is forgotten; before that it is one that was not read.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(366);

    public static async Task<WindowFacts> ReadAsync(Database database, IReadOnlyCollection<Aspect> aspects, Stretch window, DateTimeOffset asOf, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginReadAsync(connection, stop);
        var (versions, looks, unreadable) = (new List<FactVersion>(), new List<Looked>(), new HashSet<(string Scope, string Aspect)>());
        foreach (var aspect in aspects.Distinct().OrderBy(aspect => aspect.Name, StringComparer.Ordinal))
        {
            looks.AddRange(await LooksAsync(within, database.Company, aspect, window, asOf, stop));
            await ReadVersionsAsync(within, database.Company, aspect, asOf, versions, unreadable, stop);
        }

        var acts = await Acts.ReadAsync(within, database.Company, asOf, stop);
        return new WindowFacts(versions, [.. looks.Select(look => Degrade(look, unreadable))], acts, window, asOf);
    }

    /// <summary>Those of the window and after, with as many before as may still count in it, and the last one of systems that were known earlier.</summary>
    private static async Task<IReadOnlyList<Looked>> LooksAsync(DbTransaction within, string company, Aspect aspect, Stretch window, DateTimeOffset asOf, CancellationToken stop) => await within.Command(
        """
        SELECT c.scope, c.aspect, c.state, c.why, c.mend, c.read, c.expected, c.at, c.collection FROM coverage c
        WHERE c.company = @company AND c.aspect = @aspect AND c.at <= @as_of AND (c.at >= @before OR (c.at >= @known AND c.at =
          (SELECT MAX(o.at) FROM coverage o WHERE o.company = c.company AND o.scope = c.scope AND o.aspect = c.aspect AND o.at < @before)))
        ORDER BY c.at, c.scope
        """,
        ("company", company), ("aspect", aspect.Name), ("as_of", Micros.Of(asOf)), ("before", Micros.Of(window.From - Watch.Longest - Watch.Tolerance)), ("known", Micros.Of(window.From - Known)))
        .ListAsync(row => new Looked(CollectionReader.Line(row) with { At = Micros.Time(row.GetInt64(7)) }, row.GetString(8)), stop);

    private static async Task ReadVersionsAsync(
        DbTransaction within, string company, Aspect aspect, DateTimeOffset asOf, List<FactVersion> into, HashSet<(string Scope, string Aspect)> unreadable, CancellationToken stop)
    {
        if (FactReader.MakerFor(aspect.Name) is not { } make)
            return;
        await using var command = within.Command(
            """
            SELECT c.scope, c.subject, f.first_seen, f.closed_at, l.collection, f.value, b.digest, f.path FROM fact_course c
            JOIN fact_version f ON f.company = c.company AND f.course = c.number
            LEFT JOIN fact_blob b ON b.company = f.company AND b.number = f.blob
            LEFT JOIN coverage l ON l.company = c.company AND l.scope = c.scope AND l.aspect = c.aspect AND l.at = f.first_seen
            WHERE c.company = @company AND c.aspect = @aspect AND f.first_seen <= @as_of ORDER BY c.scope, c.subject, f.first_seen
            """, ("company", company), ("aspect", aspect.Name), ("as_of", Micros.Of(asOf)));
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
        {
            var (scope, firstSeen, closedAt) = (row.GetString(0), Micros.Time(row.GetInt64(2)), row.NumberOrNull(3) is { } closed && closed <= Micros.Of(asOf) ? Micros.Time(closed) : (DateTimeOffset?)null);
            try
            {
                var fact = make(row.GetFieldValue<byte[]>(5), row.GetString(1), scope, firstSeen, closedAt ?? asOf, new Pointer(Digest.Parse(row.GetString(6)), row.GetString(7)));
                into.Add(new FactVersion(fact, aspect, firstSeen, closedAt, row.GetString(4)));
            }
            catch (JsonException)
            {
                unreadable.Add((scope, aspect.Name));
            }
        }
    }

    /// <summary>Law 1: what cannot be read back counts as not seen.</summary>
    private static Looked Degrade(Looked look, HashSet<(string Scope, string Aspect)> unreadable) => unreadable.Contains((look.Line.Scope, look.Line.Aspect.Name))
        ? look with { Line = look.Line with { State = Completeness.Failed, Why = "A part of what was stored comes from another version of Plainproof and cannot be read by this one." } }
        : look;
}

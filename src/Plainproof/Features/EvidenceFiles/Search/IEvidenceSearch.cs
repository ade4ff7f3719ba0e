using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.EvidenceFiles.Search;

/// <summary>Finds files by the words in them. Each database has its own index; both find the same.</summary>
internal interface IEvidenceSearch
{
    /// <summary>Takes the place of what was kept for the file. Called within the transaction that adds or changes it.</summary>
    Task KeepAsync(CompanyRecords records, string file, string words, CancellationToken stop);

    /// <summary>Ids of the files that hold all of the words, each at least as the beginning of a word.</summary>
    Task<IReadOnlySet<string>> FindAsync(string typed, CancellationToken stop);
}

internal static class EvidenceSearch
{
    private const int MostWords = 12;

    /// <summary>The program carries no tables of Unicode, so the letters of Europe are told here.</summary>
    private static readonly FrozenDictionary<char, char> WithoutAccent =
        new (char Plain, string Accented)[]
        {
            ('a', "àáâãäåāăą"), ('c', "çćĉċč"), ('d', "ďđ"), ('e', "èéêëēĕėęě"), ('g', "ĝğġģ"), ('h', "ĥħ"), ('i', "ìíîïĩīĭįı"), ('j', "ĵ"), ('k', "ķ"), ('l', "ĺļľŀł"), ('n', "ñńņňŉ"),
            ('o', "òóôõöøōŏő"), ('r', "ŕŗř"), ('s', "śŝşšș"), ('t', "ţťŧț"), ('u', "ùúûüũūŭůűų"), ('w', "ŵ"), ('y', "ýÿŷ"), ('z', "źżž"),
        }.SelectMany(one => one.Accented.Select(letter => KeyValuePair.Create(letter, one.Plain))).ToFrozenDictionary();

    public static IEvidenceSearch Of(Database database) => database is PostgresqlDatabase ? new PostgresqlSearch(database) : new SqliteSearch(database);

    /// <summary>Small letters and digits parted by blanks, without accents, so that both databases cut it into the same words.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Select(char.ToLowerInvariant))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
                plain.Append(char.IsLetterOrDigit(letter) ? WithoutAccent.GetValueOrDefault(letter, letter) : ' ');
        return plain.ToString();
    }

    public static IReadOnlyList<string> WordsOf(string typed) => [.. Plain(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)];

    /// <summary>A bit of the text around the first of the words; null when none stands in it.</summary>
    public static string? Excerpt(string text, string typed)
    {
        const int Around = 90;
        var at = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (at < 0)
            return null;
        var (from, to) = (Math.Max(0, at - Around), Math.Min(text.Length, at + Around));
        return $"{(from > 0 ? "…" : "")}{string.Join(' ', text[from..to].Replace(",", ", ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}{(to < text.Length ? "…" : "")}";
    }
}

internal sealed class SqliteSearch(Database database) : IEvidenceSearch
{
    public async Task KeepAsync(CompanyRecords records, string file, string words, CancellationToken stop)
    {
        await records.Database.ExecuteSqlAsync($"DELETE FROM evidence_words WHERE company = {records.Company} AND file_id = {file}", stop);
        await records.Database.ExecuteSqlAsync($"INSERT INTO evidence_words (company, file_id, words) VALUES ({records.Company}, {file}, {EvidenceSearch.Plain(words)})", stop);
    }

    public async Task<IReadOnlySet<string>> FindAsync(string typed, CancellationToken stop)
    {
        var words = string.Join(' ', EvidenceSearch.WordsOf(typed).Select(word => $"\"{word}\"*"));
        await using var connection = await database.OpenAsync(stop);
        return (await connection.Command("SELECT file_id FROM evidence_words WHERE evidence_words MATCH @words AND company = @company", ("words", words), ("company", database.Company))
            .ListAsync(row => row.GetString(0), stop)).ToHashSet(StringComparer.Ordinal);
    }
}

internal sealed class PostgresqlSearch(Database database) : IEvidenceSearch
{
    public async Task KeepAsync(CompanyRecords records, string file, string words, CancellationToken stop)
    {
        await records.Database.ExecuteSqlAsync($"DELETE FROM evidence_words WHERE company = {records.Company} AND file_id = {file}", stop);
        await records.Database.ExecuteSqlAsync($"INSERT INTO evidence_words (company, file_id, words) VALUES ({records.Company}, {file}, to_tsvector('simple', {EvidenceSearch.Plain(words)}))", stop);
    }

    public async Task<IReadOnlySet<string>> FindAsync(string typed, CancellationToken stop)
    {
        var words = string.Join(" & ", EvidenceSearch.WordsOf(typed).Select(word => $"{word}:*"));
        await using var connection = await database.OpenAsync(stop);
        return (await connection.Command("SELECT file_id FROM evidence_words WHERE company = @company AND words @@ to_tsquery('simple', @words)", ("words", words), ("company", database.Company))
            .ListAsync(row => row.GetString(0), stop)).ToHashSet(StringComparer.Ordinal);
    }
}

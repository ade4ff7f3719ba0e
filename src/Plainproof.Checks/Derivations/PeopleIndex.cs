using System.Globalization;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Checks.Derivations;

/// <summary>The rosters by address, directory id and name. Someone in two rosters is one person: the row that lasts longest speaks.</summary>
internal sealed class PeopleIndex
{
    private readonly Dictionary<string, List<Dated<Person>>> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<Dated<Person>>> _byDirectorySubject = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<Dated<Person>>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dated<Person>> _bySubject = new(StringComparer.Ordinal);

    public PeopleIndex(IReadOnlyList<Dated<Person>> rows)
    {
        foreach (var row in rows)
            _bySubject[row.Subject] = row;
        foreach (var same in rows.GroupBy(row => row.Value.Email, StringComparer.OrdinalIgnoreCase))
            Enter(same.OrderBy(row => row.Value.LeftOn ?? DateOnly.MaxValue).ThenBy(row => row.Value.JoinedOn).Last());
    }

    /// <summary>By subject, or by address.</summary>
    public Dated<Person>? Named(string? said) =>
        said is null ? null
        : _bySubject.TryGetValue(said, out var person) ? person
        : WithEmail(said) is [var only] ? only : null;

    public IReadOnlyList<Dated<Person>> WithEmail(string email) => _byEmail.GetValueOrDefault(email) ?? [];

    public IReadOnlyList<Dated<Person>> WithDirectorySubject(string id) => _byDirectorySubject.GetValueOrDefault(id) ?? [];

    /// <summary>The one person whose name the account's names resemble. A hint, never a link.</summary>
    public Dated<Person>? LikeName(Account account)
    {
        foreach (var name in new[] { account.DisplayName, account.Name, account.Email?.Split('@')[0] })
        {
            if (name is not null && Plain(name) is { Length: > 2 } plain && _byName.GetValueOrDefault(plain) is [var only])
                return only;
        }

        return null;
    }

    private void Enter(Dated<Person> row)
    {
        foreach (var email in (row.Value.OtherEmails ?? []).Append(row.Value.Email).Distinct(StringComparer.OrdinalIgnoreCase))
            Add(_byEmail, email, row);
        foreach (var id in row.Value.DirectorySubjects ?? [])
            Add(_byDirectorySubject, id, row);
        var parts = row.Value.Name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        string[] likely = parts.Length < 2
            ? [row.Value.Name]
            : [row.Value.Name, parts[^1] + parts[0], parts[0][0] + parts[^1], parts[0] + parts[^1][0], parts[0]];
        foreach (var name in likely.Append(row.Value.Email.Split('@')[0]).Select(Plain).Distinct())
            Add(_byName, name, row);
    }

    private static void Add(Dictionary<string, List<Dated<Person>>> index, string key, Dated<Person> row)
    {
        if (!index.TryGetValue(key, out var rows))
            index[key] = rows = [];
        rows.Add(row);
    }

    /// <summary>Letters only, without case and accents: <c>José Ruiz</c> and <c>jose.ruiz</c> are alike.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetter(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Independence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Independence;

/// <summary>
/// Who has or had a part in a company: from its evidence log, what waits to get there, and who is in it now. So somebody who was removed,
/// or changed their role or their firm, is known still.
/// </summary>
internal sealed class Parties(InstallationRecords installation, CompanyLogs logs, DataFolder data)
{
    private static readonly string[] Kinds = ["person.joined", "person.role-changed", "person.removed", "person.firm-told"];

    /// <summary>In the order in which they came.</summary>
    public async Task<IReadOnlyList<Party>> OfAsync(string company, CancellationToken stop)
    {
        await logs.OfAsync(company); // Its tables are brought up to date.
        var known = new Dictionary<string, Course>(StringComparer.Ordinal);
        foreach (var told in (await LoggedAsync(company, stop)).Concat(await WaitingAsync(company, stop)))
            if ((string?)told["person"] is { } id)
                Of(known, id).Hear((string?)told["subject"], (string?)told["firm"], (string?)told["from"], (string?)told["role"]);
        foreach (var now in await installation.Set<Membership>().AsNoTracking().Where(member => member.CompanyId == company).OrderBy(member => member.GivenAt)
            .Join(installation.Set<Person>(), member => member.PersonId, person => person.Id, (member, person) => new { person.Id, person.Email, member.Role, member.Firm }).ToListAsync(stop))
            Of(known, now.Id).Hear(now.Email, now.Firm, Words.Of(now.Role));
        return [.. known.Select(one => one.Value.ToParty(one.Key))];
    }

    private async Task<IEnumerable<JsonNode>> LoggedAsync(string company, CancellationToken stop)
    {
        await using var connection = await data.DatabaseOf(company).OpenAsync(stop);
        var bodies = await connection.Command(
            $"SELECT log_entry.body FROM act JOIN log_entry ON log_entry.company = act.company AND log_entry.id = act.entry WHERE act.company = @company AND act.verb IN ({string.Join(", ", Kinds.Select(kind => $"'{kind}'"))}) ORDER BY log_entry.seq",
            ("company", company)).ListAsync(row => row.GetFieldValue<byte[]>(0), stop);
        return bodies.Select(Told);
    }

    private async Task<IEnumerable<JsonNode>> WaitingAsync(string company, CancellationToken stop) =>
        (await installation.Set<WaitingAct>().AsNoTracking().Where(act => act.CompanyId == company && Kinds.Contains(act.Kind)).OrderBy(act => act.Id).Select(act => act.Body).ToListAsync(stop)).Select(Told);

    private static JsonNode Told(byte[] body) => JsonNode.Parse(body)!["predicate"]!;

    private static Course Of(Dictionary<string, Course> known, string id) => known.TryGetValue(id, out var there) ? there : known[id] = new Course();

    /// <summary>What is heard of one person, oldest first.</summary>
    private sealed class Course
    {
        private readonly List<string> _emails = [];
        private readonly List<string> _firms = [];
        private readonly HashSet<Side> _sides = [];

        public void Hear(string? email, string? firm, params string?[] roles)
        {
            Add(_emails, email);
            Add(_firms, firm);
            foreach (var side in roles.OfType<string>().Select(word => SideOf(Words.Parse<Role>(word))).OfType<Side>())
                _sides.Add(side);
        }

        public Party ToParty(string id) => new(id, _emails, _firms, _sides);

        private static void Add(List<string> all, string? one)
        {
            if (one is not { Length: > 0 })
                return;
            all.Remove(one);
            all.Add(one);
        }

        /// <summary>Who only looks does nothing for the company that an auditor could not look at.</summary>
        private static Side? SideOf(Role role) => role switch
        {
            Role.Viewer => null,
            Role.Auditor => Side.Auditor,
            Role.Adviser => Side.Adviser,
            _ => Side.Company,
        };
    }
}

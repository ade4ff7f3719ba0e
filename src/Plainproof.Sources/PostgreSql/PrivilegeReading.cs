using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

/// <summary>
/// Powerful rights, direct and through roles in roles. Attributes such as superuser are not inherited, but a member can take on the role
/// (SET ROLE), so it counts. PostgreSQL, "Role Membership" and "Predefined Roles".
/// </summary>
internal sealed class PrivilegeReading : IPostgreSqlReading
{
    /// <summary>Whoever runs programs or writes files as the server can make itself superuser; the manual says so.</summary>
    private static readonly Dictionary<string, bool> PowerfulRoles = new(StringComparer.Ordinal)
    {
        ["pg_execute_server_program"] = true,
        ["pg_write_server_files"] = true,
        ["pg_read_server_files"] = false,
        ["pg_read_all_data"] = false,
        ["pg_write_all_data"] = false,
    };

    public Aspect Aspect => Aspect.Of<Privilege>();

    public IReadOnlyList<Permission> Permissions => [];

    public string Calls => "pg_roles, pg_auth_members";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var roles = await server.RolesAsync(stop);
        var useful = server.Major >= 16 ? "a.inherit_option or a.set_option or a.admin_option" : "true";
        var members = await server.AskAsync<MemberRow>("memberships", $"""
            select g.rolname::text as granted, m.rolname::text as member from pg_auth_members a
            join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member where {useful} order by 1, 2
            """, stop);
        var holders = roles.Select(role => (role, rights: RightsOf(role.Value, server.Major).ToList())).Where(pair => pair.rights.Count > 0)
            .ToDictionary(pair => pair.role.Value.Name, pair => pair.rights, StringComparer.Ordinal);
        var memberOf = members.ToLookup(row => row.Value.Member, StringComparer.Ordinal);

        var count = 0;
        foreach (var role in roles.Where(role => !role.Value.Name.StartsWith("pg_", StringComparison.Ordinal)))
            foreach (var (fact, at) in Privileges(server, role, holders, memberOf))
            {
                var way = string.Join('/', new[] { fact.AccountName, fact.Right }.Concat(fact.Through));
                await server.Sink.AddAsync(Fact.Of(server.Subject("privilege", way), fact, at), stop);
                count++;
            }

        await server.Sink.CoverCompleteAsync<Privilege>(server.Scope, count, stop);
    }

    /// <summary>Every powerful role that this one is, or can become, each by its shortest chain.</summary>
    private static IEnumerable<(Privilege Fact, Pointer At)> Privileges(
        PostgreSqlServer server, Row<RoleRow> role, Dictionary<string, List<(string Right, bool Full)>> holders, ILookup<string, Row<MemberRow>> memberOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { role.Value.Name };
        var next = new Queue<(string Name, IReadOnlyList<string> Chain, Pointer At)>([(role.Value.Name, [], role.At)]);
        while (next.TryDequeue(out var here))
        {
            foreach (var (right, full) in holders.GetValueOrDefault(here.Name) ?? [])
                yield return (new Privilege(
                    server.Subject("account", role.Value.Name), role.Value.Name, right, here.Chain, full, role.Value.CanSignIn, role.Value.IsBuiltIn), here.At);
            foreach (var edge in memberOf[here.Name].Where(edge => seen.Add(edge.Value.Granted)))
                next.Enqueue((edge.Value.Granted, [.. here.Chain, edge.Value.Granted], edge.At));
        }
    }

    private static IEnumerable<(string Right, bool Full)> RightsOf(RoleRow role, int major)
    {
        if (role.Superuser)
            yield return ("superuser", true);
        if (role.Replication)
            yield return ("replication", false);
        if (role.CreateRole) // Before 16 it could grant itself any role but a superuser's, and so run programs on the server.
            yield return ("create role", major < 16);
        if (role.Bypass)
            yield return ("bypass row security", false);
        if (PowerfulRoles.TryGetValue(role.Name, out var full))
            yield return (role.Name, full);
    }

    private sealed record MemberRow(string Granted, string Member);
}

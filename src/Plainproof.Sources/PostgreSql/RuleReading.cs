using System.Net;
using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

/// <summary>The rules of pg_hba.conf as the server parses them. PostgreSQL, "The pg_hba.conf File" and "pg_hba_file_rules".</summary>
internal sealed class RuleReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<DatabaseAuthRule>();

    public IReadOnlyList<Permission> Permissions => Grants.Rules;

    public string Calls => "pg_hba_file_rules, without the options that can hold passwords";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var place = server.Major >= 16 ? "coalesce(rule_number, 0) as number, file_name as file" : "0 as number, null as file";
        var rows = await server.AskAsync<RuleRow>("sign-in rules", $"""
            select {place}, line_number as line, type, database as databases, user_name as users, address, netmask, auth_method as method, error,
                   exists (select from unnest(options) as o where o in ('clientcert=verify-full', 'clientcert=1')) as certificate
            from pg_hba_file_rules order by 1, 3
            """, stop);
        var order = 0;
        foreach (var row in rows)
        {
            var rule = row.Value;
            var file = rule.File is null ? "" : Path.GetFileName(rule.File) + ":";
            await server.Sink.AddAsync(Fact.Of(server.Subject("auth-rule", $"{file}{rule.Line}"), ToFact(rule, ++order, file), row.At), stop);
        }

        await server.Sink.CoverCompleteAsync<DatabaseAuthRule>(server.Scope, rows.Count, stop);
    }

    private static DatabaseAuthRule ToFact(RuleRow rule, int order, string file) => new(
        order, file.Length > 0 ? $"{file}{rule.Line}" : $"line {rule.Line}", ReachOf(rule.Type), rule.Databases ?? [], rule.Users ?? [], rule.Method ?? "unknown",
        AddressOf(rule.Address, rule.Netmask), rule.Certificate || rule.Method == "cert", rule.Error);

    private static RuleReach ReachOf(string? type) => type switch
    {
        "local" => RuleReach.Local,
        "hostssl" or "hostgssenc" => RuleReach.Encrypted,
        "hostnossl" => RuleReach.Plain,
        _ => RuleReach.Any,
    };

    /// <summary>The network as <c>10.0.0.0/8</c>; a name stays as it is.</summary>
    internal static string? AddressOf(string? address, string? netmask) =>
        address is not null && netmask is not null && IPAddress.TryParse(netmask, out var mask)
            ? $"{address}/{mask.GetAddressBytes().Sum(part => int.PopCount(part))}"
            : address;

    private sealed record RuleRow(
        int Number, int Line, bool Certificate, string? File = null, string? Type = null, IReadOnlyList<string>? Databases = null,
        IReadOnlyList<string>? Users = null, string? Address = null, string? Netmask = null, string? Method = null, string? Error = null);
}

using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

/// <summary>Roles that can sign in, and those that only group rights. Both are accounts; only the first can sign in.</summary>
internal sealed class AccountReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<Account>();

    public IReadOnlyList<Permission> Permissions => [];

    public string Calls => "pg_roles";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var roles = await server.RolesAsync(stop);
        foreach (var role in roles)
            await server.Sink.AddAsync(Fact.Of(server.Subject("account", role.Value.Name), ToFact(role.Value), role.At), stop);
        await server.Sink.CoverCompleteAsync<Account>(server.Scope, roles.Count, stop);
    }

    private static Account ToFact(RoleRow role) => new(
        role.Name, role.CanSignIn, role.IsBuiltIn && !role.CanSignIn ? AccountNature.Service : AccountNature.Unknown,
        CanSignIn: role.CanSignIn, BuiltIn: role.IsBuiltIn);
}

/// <summary>Whether the password of a role ends. Its age, and whether it has one, only a superuser could see.</summary>
internal sealed class PasswordReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<AccountPassword>();

    public IReadOnlyList<Permission> Permissions => [];

    public string Calls => "pg_roles: rolvaliduntil";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var roles = (await server.RolesAsync(stop)).Where(role => role.Value.CanSignIn).ToList();
        foreach (var role in roles)
            await server.Sink.AddAsync(
                Fact.Of(server.Subject("account", role.Value.Name), new AccountPassword(NeverExpires: role.Value.ValidUntil is null), role.At), stop);
        await server.Sink.CoverCompleteAsync<AccountPassword>(server.Scope, roles.Count, stop);
    }
}

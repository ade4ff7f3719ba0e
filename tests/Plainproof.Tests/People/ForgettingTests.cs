using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Storage;
using Xunit;

namespace Plainproof.Tests.People;

public sealed class ForgettingOnSqlite() : ForgettingTests(false);

public sealed class ForgettingOnPostgresql() : ForgettingTests(true);

/// <summary>Who came from where is not kept for ever.</summary>
public abstract class ForgettingTests(bool postgresql)
{
    [Fact]
    public async Task What_ended_long_ago_is_forgotten_and_nothing_else()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await office.JoinAsync(olga, "ann@acme.example", "viewer");
        await office.InviteAsync(olga, "late@acme.example", "viewer");
        var forgetting = office.Site.Services.GetRequiredService<Forgetting>();
        await forgetting.RunAsync(default);
        Assert.Equal((2, 3, 2), await CountsAsync(office));

        office.Clock.Shift = TimeSpan.FromDays(120);
        var (visitor, _) = await office.SignInAsync(Office.Owner, Office.Password);
        await forgetting.RunAsync(default);
        Assert.Equal((1, 0, 2), await CountsAsync(office));
        Assert.Contains("ann", (await visitor.GetAsync("/c/acme-gmbh/people")).Text, StringComparison.Ordinal);
    }

    private static async Task<(long Sessions, long Invitations, long People)> CountsAsync(Office office)
    {
        await using var connection = await office.Data.InstallationDatabase().OpenAsync(default);
        return (await CountAsync("session"), await CountAsync("invitation"), await CountAsync("person"));

        async Task<long> CountAsync(string table) => await connection.Command($"SELECT COUNT(*) FROM {table}").ValueAsync<long>(default) ?? 0;
    }
}

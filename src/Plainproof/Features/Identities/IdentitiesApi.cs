using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Facts;
using Plainproof.Features.Api;

namespace Plainproof.Features.Identities;

/// <summary>Whose account is whose, for scripts.</summary>
internal sealed class IdentitiesApi : IApiDoor
{
    private const int Most = 1000;

    public string Title => "Accounts";

    public void Map(ApiRoutes routes)
    {
        routes.Company.MapGet("/accounts", ListAsync).Needs(Scope.Read).Is("listAccounts", "List accounts and who is behind them", "A page has up to 1000. With 'orphans', only those that are on and belong to nobody.");
        routes.Company.MapPost("/accounts/owners", SayAsync).Needs(Scope.Work).Is("sayOwner", "Say whose account it is", "For an account that no system links to a person. The next reading goes by it. What was said before stays on record.")
            .Example("""{ "account": "directory:example.com/account/build", "owner": "ann@example.com", "service": true }""");
    }

    private static async Task<AccountList> ListAsync(
        IdentityBook book, CancellationToken stop, [Description("Only those that are on and belong to nobody.")] bool orphans = false, [Description("The page, from 1.")] int page = 1)
    {
        if (page < 1)
            throw new Cli.BadInput("'page' is a number from 1.");
        var known = await book.AllAsync(stop);
        var all = orphans ? known.Orphans.ToList() : known.All;
        return new AccountList(all.Count, known.NotWhole.Count == 0 && known.All.Count > 0, [.. all.Skip((int)Math.Min((page - 1L) * Most, int.MaxValue)).Take(Most).Select(AccountItem.Of)], (long)page * Most < all.Count ? page + 1 : null);
    }

    private static async Task<AccountItem> SayAsync(Sent<OwnerSent> sent, IdentityBook book, CancellationToken stop)
    {
        var it = sent.Value;
        await book.SayAsync(it.Account, it.Owner, it.Service, stop);
        return AccountItem.Of((await book.AllAsync(stop)).All.First(one => one.Link.Account == it.Account));
    }
}

/// <param name="Complete">Accounts and people were all read in full, and lately. Where not, there may be more.</param>
/// <param name="NextPage">The next page; null on the last.</param>
internal sealed record AccountList(int Count, bool Complete, IReadOnlyList<AccountItem> Accounts, int? NextPage);

/// <param name="Account">Its subject.</param>
/// <param name="Person">The subject of the person behind it; null when nobody is known.</param>
/// <param name="How">How that is known.</param>
/// <param name="Service">It is nobody's own; the person answers for it.</param>
internal sealed record AccountItem(string Account, string Scope, string Name, bool Enabled, string? Person, string? PersonName, string How, bool Service, string? Note, string? SaidBy, DateTimeOffset? SaidAt)
{
    public static AccountItem Of(KnownAccount one) => new(
        one.Link.Account, one.Scope, one.Link.AccountName, one.Link.AccountEnabled, one.Link.Person, one.Link.PersonName, one.Link.How, one.Said?.Verb == IdentityLink.Service, one.Link.Note, one.Said?.By, one.Said?.RecordedAt);
}

/// <param name="Account">The subject of the account, as listAccounts tells it.</param>
/// <param name="Owner">The address of somebody on your list of people.</param>
/// <param name="Service">True for an account that is nobody's own.</param>
internal sealed record OwnerSent(string Account, string Owner, bool Service = false);

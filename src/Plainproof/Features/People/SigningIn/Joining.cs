using Microsoft.AspNetCore.Identity;
using Plainproof.Cli;

namespace Plainproof.Features.People.SigningIn;

/// <summary>Makes the account of somebody who was let in.</summary>
internal sealed class Joining(UserManager<Person> people, Invitations invitations, Companies companies, PersonSignIn signIn, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <summary>Uses an invitation: a new person gives a name and a password; a known one joins by being signed in as that person.</summary>
    /// <exception cref="BadInput">What was typed cannot work, or the invitation cannot be used any more.</exception>
    public async Task<Person> ByInvitationAsync(string token, string name, string password, CancellationToken stop)
    {
        var joined = await invitations.AcceptAsync(token, async open => open.Invitation.Email is not { } email || open.Known is not null
            ? throw new BadInput("Sign in first, then open the link again.")
            : await NewAsync(name, email, password), stop);
        await signIn.ByAsync(joined, "invitation");
        return joined;
    }

    public Task<Person> AsAsync(Person person, string token, CancellationToken stop) => invitations.AcceptAsync(token, open => open.Known?.Id == person.Id
        ? Task.FromResult(person)
        : throw new BadInput("This invitation is for another address. Sign out, then open the link again."), stop);

    /// <summary>The first person: owner of a new company, and of those that were started on the command line.</summary>
    public async Task<Person> AsFirstOwnerAsync(string token, string name, string email, string password, string company, CancellationToken stop)
    {
        var unclaimed = await companies.UnclaimedAsync(stop);
        var joined = await invitations.AcceptAsync(token, async open =>
        {
            if (open.Invitation.Email is not null)
                throw new BadInput("This link is not for the first owner. Open it as the letter says.");
            var person = await NewAsync(name, email, password);
            foreach (var started in unclaimed)
                companies.AddMember(companies.Add(started, started, person.Email), person, Role.Owner, person.Email);
            if (company.Trim().Length > 0 || unclaimed.Count == 0)
                await companies.AddAsync(company, person, Role.Owner, stop);
            return person;
        }, stop);
        await signIn.ByAsync(joined, "first owner's link");
        return joined;
    }

    private async Task<Person> NewAsync(string name, string email, string password)
    {
        var person = new Person { Name = NameOf(name), Email = email.Trim(), JoinedAt = clock.GetUtcNow() };
        (await people.CreateAsync(person, password)).OrBad();
        return person;
    }

    public static string NameOf(string typed) => typed.Trim() switch
    {
        "" => throw new BadInput("Type your name, as others know you."),
        { Length: > LongestName } => throw new BadInput($"A name has at most {LongestName} characters here."),
        var name => name,
    };
}

/// <summary>What ASP.NET Core Identity refuses, in our words.</summary>
internal static class IdentityWords
{
    /// <exception cref="BadInput">It was refused.</exception>
    public static void OrBad(this IdentityResult result)
    {
        if (!result.Succeeded)
            throw new BadInput([.. result.Errors.Select(Of)]);
    }

    private static string Of(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) => "There is an account with this address already. Sign in with it.",
        nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) => "This is no e-mail address. It looks like name@example.com.",
        nameof(IdentityErrorDescriber.PasswordMismatch) => "The present password is not right.",
        nameof(IdentityErrorDescriber.ConcurrencyFailure) => "Someone else changed this meanwhile. Load the page again.",
        _ => error.Description,
    };
}

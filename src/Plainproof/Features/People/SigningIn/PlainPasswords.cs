using Microsoft.AspNetCore.Identity;

namespace Plainproof.Features.People.SigningIn;

/// <summary>Length instead of riddles (NIST SP 800-63B section 3.1.1.2): long enough, and nothing that is known of the person.</summary>
internal sealed class PlainPasswords : IPasswordValidator<Person>
{
    private const int Shortest = 12;
    private const int FewestLetters = 5;

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(Problem(user, password ?? "") is { } problem
        ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
        : IdentityResult.Success);

    private static string? Problem(Person person, string password) =>
        password.Length < Shortest ? $"The password needs at least {Shortest} characters. Four words in a row are easy to remember."
        : password.Distinct().Count() < FewestLetters ? "The password repeats too few letters. Take other words."
        : password.Contains(person.Email.Split('@')[0], StringComparison.OrdinalIgnoreCase) || password.Contains("plainproof", StringComparison.OrdinalIgnoreCase)
        ? "The password holds your address or our name. Others would try that first."
        : null;
}

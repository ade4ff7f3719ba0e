using Plainproof.Storage;

namespace Plainproof.Features.People;

/// <summary>Who is signed in, for this request.</summary>
internal sealed class CurrentPerson
{
    private Person? _person;

    public bool IsKnown => _person is not null;

    /// <exception cref="InvalidOperationException">Nobody is signed in: the page must be closed, or ask <see cref="IsKnown"/>.</exception>
    public Person Person => _person ?? throw new InvalidOperationException("Nobody is signed in.");

    public string? SessionId { get; private set; }

    /// <summary>The one company that the person may enter in this request; null for every company of theirs.</summary>
    public string? OnlyIn { get; private set; }

    public void Is(Person person, string session) => (_person, SessionId) = (person, session);

    /// <summary>Somebody who shows a token and has no session.</summary>
    public void IsByToken(Person person, string company) => (_person, OnlyIn) = (person, company);
}

/// <summary>The company that the address names, for this request: <c>/c/{company}/...</c>. Known once access was granted.</summary>
internal sealed class CurrentCompany
{
    private Company? _company;

    public bool IsKnown => _company is not null;

    /// <exception cref="InvalidOperationException">The address names no company that the person may see.</exception>
    public Company Company => _company ?? throw new InvalidOperationException("This page is not inside a company.");

    public string Name => Company.Id;

    public Role Role { get; private set; }

    /// <summary>Everything in it is made up.</summary>
    public bool IsSample => _company?.IsSample == true;

    /// <summary>What every file that leaves the sample company says; null for a real one.</summary>
    public string? Mark => IsSample ? SampleMark.Words : null;

    /// <summary>Why an auditor may not write here now; null when nothing is in the way.</summary>
    public string? HeldBack { get; private set; }

    /// <summary>What the role includes, and nothing holds back.</summary>
    public bool May(Ability ability) => IsKnown && Role.May(ability) && !(ability == Ability.WriteTests && HeldBack is not null);

    public void Is(Company company, Role role, string? heldBack = null) => (_company, Role, HeldBack) = (company, role, heldBack);
}

using Plainproof.Facts;

namespace Plainproof.Checks.Code;

/// <summary>A repository without a finding passes as one; each finding fails on its own.</summary>
internal sealed class NoSecretsInCode : ICheck
{
    public CheckInfo Info { get; } = CheckInfo.Beside(typeof(NoSecretsInCode));

    public void Evaluate(IFacts facts, Given given, Findings into)
    {
        var secrets = facts.Of<RepositorySecret>().ToLookup(secret => secret.Scope, StringComparer.Ordinal);
        foreach (var repository in facts.Of<Repository>())
        {
            foreach (var secret in secrets[repository.Scope])
                into.Judge(secret, Outcome.Fail);
            if (!secrets.Contains(repository.Scope))
                into.Judge(repository, repository.Value.Head is null ? Outcome.NotApplicable : Outcome.Pass);
        }
    }

    public string Say(in Result result, Given given) => result.About!.Untyped switch
    {
        RepositorySecret it => $"{it.File}, line {it.Line}, holds what looks like this: {it.Sort}, {it.Masked}.",
        Repository { Head: null } it => $"{it.Name} has no commit yet.",
        Repository it => $"No secret was found in {it.Name}.",
        _ => Info.Title,
    };
}

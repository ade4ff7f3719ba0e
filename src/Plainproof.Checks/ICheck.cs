using Plainproof.Facts;

namespace Plainproof.Checks;

/// <summary>
/// A pure rule from facts to results: no network, no store, no clock. Found by folder.
/// It judges what it sees; the evaluator alone decides whether enough was seen (law 1).
/// </summary>
public interface ICheck
{
    CheckInfo Info { get; }

    void Evaluate(IFacts facts, Given given, Findings into);

    /// <summary>One plain sentence with names for a result of this check that carries no words of its own.</summary>
    string Say(in Result result, Given given);
}

/// <summary>What a check is given besides the facts: the day it judges and the company's own numbers.</summary>
/// <param name="AsOf">The moment the facts are judged at. A check never asks a clock.</param>
public sealed record Given(DateTimeOffset AsOf, IReadOnlyDictionary<string, double> Parameters)
{
    public DateOnly Today => DateOnly.FromDateTime(AsOf.UtcDateTime);

    /// <summary>The company's number, or the check's default.</summary>
    public double this[string name] => Parameters[name];
}

/// <summary>Judges every fact of one kind on its own. Enough for most checks.</summary>
public abstract class EachCheck<T> : ICheck where T : notnull
{
    protected EachCheck() => Info = CheckInfo.Beside(GetType());

    public CheckInfo Info { get; }

    public void Evaluate(IFacts facts, Given given, Findings into) => into.JudgeEach(facts.Of<T>(), Prepare(facts, given));

    public string Say(in Result result, Given given) =>
        Say(((Dated<T>)result.About!).Value, result.About!, result.Outcome, given);

    /// <summary>For checks that look up other facts of the same subject: prepare here, once, what each verdict needs.</summary>
    protected virtual Func<Dated<T>, Outcome> Prepare(IFacts facts, Given given) => fact => Judge(fact.Value, given);

    protected virtual Outcome Judge(T it, Given given) => Outcome.NotTested;

    protected abstract string Say(T it, Dated about, Outcome outcome, Given given);

    protected static Outcome PassWhen(bool holds) => holds ? Outcome.Pass : Outcome.Fail;
}

/// <summary>Judges a system or a population as a whole; each result brings its own words.</summary>
public abstract class WholeCheck : ICheck
{
    protected WholeCheck() => Info = CheckInfo.Beside(GetType());

    public CheckInfo Info { get; }

    public abstract void Evaluate(IFacts facts, Given given, Findings into);

    public string Say(in Result result, Given given) => result.Say?.Invoke() ?? Info.Title;
}

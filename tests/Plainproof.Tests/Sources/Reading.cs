using System.Security.Cryptography;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Tests.Sources;

/// <summary>What a source told: read a real system once, then look at facts, coverage and check results.</summary>
internal sealed class Reading : ISink
{
    private readonly Lock _one = new();

    public List<Fact> Facts { get; } = [];

    public List<Coverage> Lines { get; } = [];

    public List<Call> Calls { get; } = [];

    public List<string> Principals { get; } = [];

    /// <summary>The raw evidence as text, in the order it was kept.</summary>
    public List<string> Kept { get; } = [];

    public string Scope { get; private set; } = "";

    /// <summary>Reads every aspect the source offers, as <c>check --source TYPED</c> would.</summary>
    public static Task<Reading> OfAsync(string typed, TimeProvider? clock = null) => OfAsync(typed, clock, CancellationToken.None);

    public static async Task<Reading> OfAsync(string typed, TimeProvider? clock, CancellationToken stop)
    {
        var target = Target.Parse(typed);
        var source = new SourceLibrary(clock ?? TimeProvider.System).Find(target.Source) ?? throw new InvalidOperationException($"No source {target.Source}.");
        var problems = target.Problems(source.Info).ToList();
        if (problems.Count > 0)
            throw new BadTarget(problems);
        var reading = new Reading { Scope = source.ScopeOf(target) };
        var wanted = source.OffersOf(target).Select(offer => offer.Aspect).ToHashSet();
        try
        {
            await source.CollectAsync(target, wanted, reading, stop);
        }
        catch (CannotRead e)
        {
            foreach (var aspect in wanted.Where(aspect => reading.Lines.All(line => line.Aspect != aspect)))
                reading.Lines.Add(new Coverage(aspect, reading.Scope, e.State, e.Message, e.Mend));
        }

        return reading;
    }

    public IReadOnlyList<T> Of<T>() => [.. Facts.Select(fact => fact.Value).OfType<T>()];

    public Coverage Coverage<T>() => Lines.Single(line => line.Aspect == Aspect.Of<T>());

    /// <summary>Runs one check over this reading, and others read for the same company.</summary>
    public IReadOnlyList<(string Subject, Outcome Outcome, Reason Reason, string Message)> Check(string id, DateTimeOffset? asOf = null, params Reading[] others)
    {
        var day = asOf ?? DateTimeOffset.UtcNow;
        Reading[] all = [this, .. others];
        var facts = all.SelectMany(reading => reading.Facts.Select(fact => (Dated)Activator.CreateInstance(
            typeof(Dated<>).MakeGenericType(fact.Value.GetType()), fact.Subject, reading.Scope, fact.Value, day, day, fact.At)!));
        var snapshot = Snapshot.Of(facts, all.SelectMany(reading => reading.Lines), [], CheckLibrary.Derivations);
        var check = CheckLibrary.All.Single(check => check.Info.Id == id);
        var evaluation = Evaluator.Run(check, snapshot, Evaluator.GivenFor(check, day));
        return [.. evaluation.Results.Select(result => (result.Subject, result.Outcome, result.Reason, evaluation.Message(result)))];
    }

    public async Task<Digest> KeepAsync(string mediaType, Stream bytes, CancellationToken stop)
    {
        using var copy = new MemoryStream();
        await bytes.CopyToAsync(copy, stop);
        lock (_one)
            Kept.Add(System.Text.Encoding.UTF8.GetString(copy.ToArray()));
        return Digest.FromBytes(SHA256.HashData(copy.ToArray()));
    }

    public ValueTask AddAsync(Fact fact, CancellationToken stop)
    {
        if (Kinds.TypeOf(fact.Aspect) != fact.Value.GetType())
            throw new InvalidOperationException($"{fact.Subject}: {fact.Aspect} carries a {fact.Value.GetType().Name}.");
        lock (_one)
            Facts.Add(fact);
        return ValueTask.CompletedTask;
    }

    public ValueTask CoverAsync(Coverage line, CancellationToken stop)
    {
        lock (_one)
            Lines.Add(line);
        return ValueTask.CompletedTask;
    }

    public void Principal(string name) => Principals.Add(name);

    public void Called(Call call)
    {
        lock (_one)
            Calls.Add(call);
    }

    public void Progress(string doing, long done = 0, long? of = null)
    {
    }
}

using System.Text.Json;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Checks;

/// <summary>Every check is judged by the cases that lie beside it.</summary>
public sealed class CheckCases
{
    private static readonly string[] Needed = ["pass", "fail", "not applicable", "empty", "denied", "truncated"];

    private static readonly Lazy<IReadOnlyDictionary<string, CaseFile>> Files = new(() =>
        Directory.EnumerateFiles(Repository.File("src", "Plainproof.Checks"), "*.cases.json", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileName(path)[..^".cases.json".Length], Read));

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var check in CheckLibrary.All)
            foreach (var one in FileOf(check)?.Cases ?? [])
                data.Add(check.Info.Id, one.Name);
        return data;
    }

    public static TheoryData<string> Ids() => [.. CheckLibrary.All.Select(check => check.Info.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_check_says_what_its_case_expects(string id, string name)
    {
        var check = CheckLibrary.All.Single(check => check.Info.Id == id);
        var file = FileOf(check)!;
        var one = file.Cases.Single(one => one.Name == name);

        var evaluation = Evaluator.Run(check, one.Snapshot(), Evaluator.GivenFor(check, file.AsOf, one.Numbers(id)));

        var seen = evaluation.Results.Select(result => $"{result.Subject} {result.Outcome} {result.Reason}: {evaluation.Message(result)}").ToList();
        foreach (var expected in one.Expect)
            Assert.Contains(evaluation.Results, result => Matches(expected, result, evaluation)
                || Mismatch(expected, seen));
        Assert.Equal(one.Expect.Count, evaluation.Results.Count);
        Assert.All(evaluation.Results, result => Assert.False(string.IsNullOrWhiteSpace(evaluation.Message(result))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_check_has_a_case_for_each_way_it_can_end(string id)
    {
        var check = CheckLibrary.All.Single(check => check.Info.Id == id);
        var names = FileOf(check)?.Cases.Select(one => one.Name).ToList() ?? [];
        Assert.All(Needed, needed => Assert.Contains(names, name => name.StartsWith(needed, StringComparison.Ordinal)));
    }

    [Fact]
    public void Check_ids_are_unique_and_their_aspects_are_known()
    {
        Assert.Equal(CheckLibrary.All.Count, CheckLibrary.All.Select(check => check.Info.Id).Distinct().Count());
        Assert.All(CheckLibrary.All, check => Assert.All(
            check.Info.ReadAspects.Concat(check.Info.JoinAspects), aspect => Assert.True(Kinds.TypeOf(aspect) is not null, $"{check.Info.Id} reads {aspect}, which is no kind of fact.")));
    }

    [Fact]
    public void A_value_that_may_be_absent_has_a_default_in_every_kind_of_fact()
    {
        var nullability = new System.Reflection.NullabilityInfoContext();
        var wrong = Kinds.All.Select(aspect => Kinds.TypeOf(aspect)!)
            .SelectMany(type => type.GetConstructors()[0].GetParameters().Select(parameter => (type, parameter)))
            .Where(pair => nullability.Create(pair.parameter).WriteState == System.Reflection.NullabilityState.Nullable && !pair.parameter.HasDefaultValue)
            .Select(pair => $"{pair.type.Name}.{pair.parameter.Name}");
        Assert.Empty(wrong);
    }

    private static bool Matches(Expected expected, Result result, Evaluation evaluation) =>
        result.Subject == expected.Subject && result.Outcome == expected.Outcome
        && (expected.Reason is null || result.Reason == expected.Reason)
        && (expected.Says is null || evaluation.Message(result) == expected.Says);

    private static bool Mismatch(Expected expected, List<string> seen)
    {
        if (!seen.Any(line => line.StartsWith($"{expected.Subject} {expected.Outcome}", StringComparison.Ordinal)))
            Assert.Fail($"Expected {expected}\nbut saw\n{string.Join('\n', seen)}");
        return false;
    }

    private static CaseFile? FileOf(ICheck check) => Files.Value.GetValueOrDefault(check.GetType().Name);

    private static CaseFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CaseFile>(File.ReadAllText(path), FactJson.Strict)!;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{path}: {e.Message}", e);
        }
    }

    public sealed record CaseFile(DateTimeOffset AsOf, IReadOnlyList<Case> Cases);

    /// <param name="Coverage">Left out: every aspect that has facts is complete in their scopes.</param>
    /// <param name="Parameters">The company's own numbers.</param>
    public sealed record Case(
        string Name, IReadOnlyList<CaseFact> Facts, IReadOnlyList<Expected> Expect,
        IReadOnlyList<CaseCoverage>? Coverage = null, IReadOnlyDictionary<string, double>? Parameters = null)
    {
        public IReadOnlyDictionary<string, double>? Numbers(string id) => Parameters?.ToDictionary(pair => $"{id}.{pair.Key}", pair => pair.Value);

        internal Snapshot Snapshot()
        {
            var facts = Facts.Select(fact => fact.Dated()).ToList();
            var lines = Coverage is not null
                ? Coverage.Select(line => line.Line())
                : Facts.GroupBy(fact => (fact.Aspect, fact.Scope)).Select(group =>
                    new Coverage(new Aspect(group.Key.Aspect), group.Key.Scope, Completeness.Complete, Read: group.Count(), Expected: group.Count()));
            return Assurance.Snapshot.Of(facts, lines, [], CheckLibrary.Derivations);
        }
    }

    public sealed record CaseCoverage(string Aspect, string Scope, Completeness State, string? Why = null, string? Mend = null, long Read = 0, long? Expected = null)
    {
        public Coverage Line() => new(new Aspect(Aspect), Scope, State, Why, Mend, Read, Expected);
    }

    /// <param name="FirstSeen">Left out: long ago.</param>
    public sealed record CaseFact(string Subject, string Aspect, JsonElement Value, DateTimeOffset? FirstSeen = null)
    {
        /// <summary>The subject up to its first slash: a scope holds none.</summary>
        public string Scope => Subject[..Subject.IndexOf('/')];

        public Dated Dated()
        {
            var type = Kinds.TypeOf(new Aspect(Aspect)) ?? throw new InvalidOperationException($"{Aspect} is no kind of fact.");
            var value = Value.Deserialize(type, FactJson.Strict)!;
            var day = FirstSeen ?? DateTimeOffset.UnixEpoch;
            return (Dated)Activator.CreateInstance(typeof(Dated<>).MakeGenericType(type), Subject, Scope, value, day, day, new Pointer(default, "/"))!;
        }
    }

    public sealed record Expected(string Subject, Outcome Outcome, Reason? Reason = null, string? Says = null);
}

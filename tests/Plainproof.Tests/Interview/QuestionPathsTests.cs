using Plainproof.Catalog;
using Plainproof.Features.Interview;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class QuestionPathsTests
{
    public static TheoryData<string> Ids() => [.. Company.Questions.Questions.Select(question => question.Id)];

    public static TheoryData<string> Rules() => [.. Catalogue.Shipped.Scoping.Ambiguity.Select(rule => rule.Id)];

    public static TheoryData<string, string> Options()
    {
        var data = new TheoryData<string, string>();
        foreach (var question in Company.Questions.Questions)
            foreach (var option in question.Options)
                data.Add(question.Id, option.Id);
        return data;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_of_every_question_can_be_reached(string id, string option)
    {
        var (answers, _, _) = SomeWay(way => way.Interview[id].Asked == Asked.Yes);

        var chosen = Company.Outcome(answers.With(Company.Says(Question(id), option))).Claims.Single(claim => claim.Question == id);

        Assert.Equal(Question(id).Options.Single(one => one.Id == option).Text, chosen.Words);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_question_is_asked_by_some_way_and_a_conditional_one_is_skipped_by_another(string id)
    {
        SomeWay(way => way.Interview[id].Asked == Asked.Yes);
        if (Question(id).When is null)
            return;
        var without = SomeWay(way => way.Interview[id].Asked == Asked.No).Interview[id];
        Assert.Contains(Question(id).When!.Conditions, condition => without.SkippedBecause!.Contains(Question(condition.Question).Ask, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_ambiguity_rule_speaks_for_some_answers_and_is_silent_for_others(string id)
    {
        SomeWay(way => way.Outcome.OpenPoints.Any(point => point.Rule == id));
        SomeWay(way => way.Outcome.OpenPoints.All(point => point.Rule != id));
    }

    [Theory]
    [InlineData("Availability", "S07", "contract")]
    [InlineData("Availability", "S14", "availability")]
    [InlineData("Confidentiality", "S08", "with-date")]
    [InlineData("Confidentiality", "S14", "confidentiality")]
    [InlineData("Processing integrity", "S09", "core")]
    [InlineData("Processing integrity", "S14", "processing-integrity")]
    [InlineData("Privacy", "S10", "core")]
    [InlineData("Privacy", "S14", "privacy")]
    public void A_promise_or_a_customers_wish_proposes_its_category_and_no_other(string category, string question, string option)
    {
        var answers = Company.AnswersEach(one => one.Id == question ? Company.Says(one, option) : NoPromise(one));

        var proposed = Company.Outcome(answers).Categories.Where(one => one.Proposal == Proposal.Proposed).ToList();

        Assert.Equal(["Security", category], proposed.Select(one => one.Category));
        Assert.Equal([question], proposed[1].Questions);
    }

    [Fact]
    public void Without_promises_only_security_is_proposed_and_each_other_says_why_it_can_wait()
    {
        var outcome = Company.Outcome(Company.AnswersEach(NoPromise));

        Assert.Equal(["Security"], outcome.Categories.Where(one => one.Proposal == Proposal.Proposed).Select(one => one.Category));
        Assert.All(outcome.Categories.Skip(1), one => Assert.Equal((Proposal.CanWait, true), (one.Proposal, one.Say.Length > 20)));
    }

    [Fact]
    public void A_promise_nobody_knows_about_leaves_its_category_undecided_until_the_answer_comes()
    {
        var answers = Company.AnswersEach(one => one.Id == "S07" ? Company.DoesNotKnow(one) : NoPromise(one));
        var undecided = Company.Outcome(answers).Categories.Single(one => one.Proposal == Proposal.Undecided);

        Assert.Equal(("Availability", "S07"), (undecided.Category, Assert.Single(undecided.Questions)));
        Assert.Contains(Question("S07").Ask, undecided.Say, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Company.Outcome(answers.With(Company.Says(Question("S07"), "no"))).Categories, one => one.Proposal == Proposal.Undecided);
    }

    private static Answer NoPromise(Question question) => question.Id switch
    {
        "S07" or "S08" or "S09" => Company.Says(question, "no"),
        "S10" => Company.Says(question, "instructions"),
        "S14" => Company.Says(question, "type2"),
        _ => Company.Best(question),
    };

    private static Question Question(string id) => Catalogue.Shipped.By.Question[id];

    private sealed record Way(Answers Answers, ReadinessInterview Interview, InterviewOutcome Outcome);

    // Best answers everywhere, then each option of each question, then some pairs.
    private static readonly Lazy<IReadOnlyList<Way>> AllWays =
        new(() => [.. Ways().Select(answers => new Way(answers, new ReadinessInterview(Company.Questions, answers), Company.Outcome(answers)))]);

    private static Way SomeWay(Func<Way, bool> wanted) =>
        AllWays.Value.FirstOrDefault(wanted) ?? throw new Xunit.Sdk.XunitException("no way of answering leads there");

    private static IEnumerable<Answers> Ways()
    {
        yield return Company.AnswersEach(Company.Best);
        yield return Company.AnswersEach(NoPromise);
        yield return Company.AnswersEach(Company.DoesNotKnow);
        foreach (var question in Company.Questions.Questions)
            foreach (var option in question.Options)
            {
                yield return Company.AnswersEach(one => one.Id == question.Id ? Company.Says(one, option.Id) : Company.Best(one));
                yield return Company.AnswersEach(one => one.Id == question.Id ? Company.Says(one, option.Id) : NoPromise(one));
            }
        foreach (var more in new[] { new[] { ("S14", "type1,type2") }, [("S13", "remote"), ("S04", "own-servers")], [("S10", "instructions"), ("S11", "eu-uk")] })
            yield return Company.AnswersEach(one => more.FirstOrDefault(pair => pair.Item1 == one.Id) is { Item2: { } options }
                ? Company.Says(one, options.Split(','))
                : Company.Best(one));
    }
}

using System.Reflection;
using Plainproof.Catalog;
using Plainproof.Features.Interview;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class InterviewOutcomeTests
{
    private static IReadOnlySet<string> GapsOfQuestions =>
        Company.Questions.Questions.SelectMany(question => question.Options).SelectMany(option => option.Opens).ToHashSet();

    [Fact]
    public void Three_people_who_answer_best_everywhere_open_no_gap_and_show_nothing_as_met()
    {
        var outcome = Company.Outcome(Company.AnswersEach(Company.Best));

        Assert.Empty(outcome.Gaps);
        Assert.Equal(0, outcome.Progress.AtMostLeft);
        Assert.Equal(0.7m, outcome.EffortMultiplier);
        Assert.All(outcome.Claims, claim => Assert.True(claim.Level is ClaimLevel.Claimed or ClaimLevel.ScopeOnly));
        Assert.Contains(outcome.Claims, claim => claim.Level == ClaimLevel.Claimed);
    }

    [Fact]
    public void No_word_of_the_outcome_stands_for_met()
    {
        string[] forbidden = ["Met", "Pass", "Passed", "InPlace", "Evidenced", "Accepted", "Tested", "Green", "Ok", "Done", "Compliant"];
        var names = typeof(InterviewOutcome).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(InterviewOutcome).Namespace && (type.IsEnum || type.Name.EndsWith("Outcome", StringComparison.Ordinal) || type == typeof(Claim)))
            .SelectMany(type => type.IsEnum ? Enum.GetNames(type) : type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(one => one.Name))
            .ToList();

        Assert.Contains(nameof(ClaimLevel.Claimed), names);
        Assert.DoesNotContain(names, forbidden.Contains);
    }

    [Fact]
    public void Dont_know_everywhere_asks_every_question_and_opens_every_gap_as_unknown()
    {
        var outcome = Company.Outcome(Company.AnswersEach(Company.DoesNotKnow));

        Assert.Equal(72, outcome.Claims.Count);
        Assert.Empty(outcome.Skipped);
        Assert.Equal(GapsOfQuestions, outcome.Gaps.Select(gap => gap.Gap).ToHashSet());
        Assert.All(outcome.Gaps, gap => Assert.True(gap.IsUnknown));
    }

    [Fact]
    public void The_worst_answers_open_every_gap_of_a_company_that_owes_all_five_categories()
    {
        var outcome = Company.Outcome(Company.AnswersEach(question => question.Id switch
        {
            "S05" => Company.Says(question, "6-20"),
            "S14" => Company.Says(question, "type2", "availability", "confidentiality", "processing-integrity", "privacy"),
            "S12" => Company.Says(question, "no-records"),
            _ => Company.Worst(question),
        }));

        // Only a company without own software opens the gap that replaces the gaps of own software.
        Assert.Equal(GapsOfQuestions.Except(["G-CHG-7"]).Order(), outcome.Gaps.Select(gap => gap.Gap).Order());
        Assert.All(outcome.Gaps, gap => Assert.False(gap.IsUnknown));
    }

    [Fact]
    public void A_worse_answer_never_closes_a_gap_that_a_better_one_left_open()
    {
        foreach (var question in Company.Questions.Questions)
        {
            var scored = question.Options.Where(option => option.Score is not null).OrderByDescending(option => option.Score).ToList();
            for (var i = 1; i < scored.Count; i++)
            {
                var better = GapsWhen(question, scored[i - 1]);
                var worse = GapsWhen(question, scored[i]);
                Assert.True(better.IsSubsetOf(worse), $"{question.Id}: {scored[i].Id} hides {string.Join(", ", better.Except(worse))}");
            }
        }
    }

    [Theory]
    [InlineData("G03", "none", "G04", "G-GOV-4")]
    [InlineData("V01", "never", "V02", "G-VUL-2")]
    [InlineData("I01", "no", "I03", "G-INC-3")]
    [InlineData("T01", "no", "T02", "G-VEN-2")]
    [InlineData("B01", "no", "B02", "G-AVL-2")]
    public void A_question_skipped_by_a_worse_answer_still_opens_its_gap(string parent, string worst, string child, string gap)
    {
        var outcome = Company.Outcome(Company.AnswersEach(one => one.Id == parent ? Company.Says(one, worst) : Company.Best(one)));

        Assert.Contains(child, outcome.Skipped.Keys);
        var source = Assert.Single(outcome.Gaps.Single(one => one.Gap == gap).Sources);
        Assert.Equal((child, GapGround.FollowsFromEarlier), (source.Question, source.Ground));
    }

    [Fact]
    public void Not_us_opens_no_gap_is_shown_with_its_reason_and_counts_as_no_claim_of_the_control()
    {
        var answers = Company.AnswersEach(one => one.Id == "D03" ? new Answer.NotUs("we rent every computer") { Question = one.Id, AnsweredAt = Company.Began } : Company.Best(one));
        var outcome = Company.Outcome(answers);

        Assert.Empty(outcome.Gaps);
        var claim = outcome.Claims.Single(one => one.Question == "D03");
        Assert.Equal((ClaimLevel.NotUs, "Not us, because we rent every computer"), (claim.Level, claim.Words));
    }

    [Theory]
    [InlineData("S06")]
    [InlineData("S07")]
    [InlineData("G03")]
    public void What_hangs_on_dont_know_or_not_us_is_asked(string parent)
    {
        foreach (var way in new Answer[] { new Answer.DoesNotKnow { Question = parent, AnsweredAt = Company.Began }, new Answer.NotUs("of a reason") { Question = parent, AnsweredAt = Company.Began } })
        {
            var interview = new ReadinessInterview(Company.Questions, Company.AnswersEach(Company.Best).With(way));
            var children = interview.All.Where(one => one.Question.When?.Conditions.Any(condition => condition.Question == parent) == true).ToList();
            Assert.NotEmpty(children);
            Assert.All(children, child => Assert.Equal(Asked.Yes, child.Asked));
        }
    }

    [Fact]
    public void An_answer_to_a_question_that_is_now_skipped_is_kept_and_counts_for_nothing()
    {
        var answers = Company.AnswersEach(one => one.Id == "V02" ? Company.Says(one, "no") : Company.Best(one))
            .With(Company.Says(Catalogue.Shipped.By.Question["V01"], "never"));
        var outcome = Company.Outcome(answers);

        Assert.NotNull(answers.To("V02"));
        Assert.DoesNotContain(outcome.Claims, claim => claim.Question == "V02");
        Assert.Equal(GapGround.FollowsFromEarlier, Assert.Single(outcome.Gaps.Single(gap => gap.Gap == "G-VUL-2").Sources).Ground);
    }

    [Fact]
    public void A_gap_names_every_question_behind_it_and_uses_the_words_of_the_answer()
    {
        var outcome = Company.Outcome(Company.AnswersEach(one => one.Id switch
        {
            "A09" => Company.Says(one, "undecided"),
            "T01" => Company.DoesNotKnow(one),
            "A04" => Company.Says(one, "yearly"),
            _ => Company.Best(one),
        }));

        var vendors = outcome.Gaps.Single(gap => gap.Gap == "G-VEN-1");
        Assert.Equal([("A09", GapGround.Said), ("T01", GapGround.DoesNotKnow)], vendors.Sources.Select(source => (source.Question, source.Ground)));
        Assert.False(vendors.IsUnknown);
        Assert.Equal("Access to your riskiest systems is checked too rarely.", outcome.Gaps.Single(gap => gap.Gap == "G-AC-5").Sources[0].Words);
    }

    [Fact]
    public void The_day_a_customer_named_and_the_side_duties_come_out()
    {
        var answers = Company.AnswersEach(one => one.Id == "S11" ? Company.Says(one, "health", "cards") : Company.Best(one));
        var outcome = Company.Outcome(answers.With(answers.To("S01")! with { Day = new DateOnly(2027, 9, 30) }));

        Assert.Equal(new DateOnly(2027, 9, 30), outcome.TargetDay);
        Assert.Equal(["HIPAA", "PCI DSS"], outcome.Effects.Where(effect => effect.Kind == "sideDuty").Select(effect => effect.Value));
    }

    private static HashSet<string> GapsWhen(Question question, Option option) =>
        [.. Company.Outcome(Company.AnswersEach(one => one.Id == question.Id ? Company.Says(one, option.Id) : WithEverything(one))).Gaps.Select(gap => gap.Gap)];

    // Leaves gaps open behind each question, in a company where every question applies.
    private static Answer WithEverything(Question question) => question.Id switch
    {
        "S05" => Company.Says(question, "6-20"),
        "S14" => Company.Says(question, "availability", "confidentiality", "processing-integrity", "privacy"),
        _ when question.Options.FirstOrDefault(option => option.Score is > 0 and < 1) is { } partly => Company.Says(question, partly.Id),
        _ => Company.Best(question),
    };
}

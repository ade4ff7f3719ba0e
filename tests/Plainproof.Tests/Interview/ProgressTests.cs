using Plainproof.Features.Interview;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class ProgressTests
{
    [Fact]
    public void What_is_left_only_shrinks_and_ends_at_nothing()
    {
        var answers = Company.Nobody;
        var before = new ReadinessInterview(Company.Questions, answers).Progress;
        Assert.Equal((0, 72), (before.Answered, before.AtMostLeft));
        while (new ReadinessInterview(Company.Questions, answers) is { Next: { } next })
        {
            answers = answers.With(Company.Best(next.Question));
            var after = new ReadinessInterview(Company.Questions, answers).Progress;
            Assert.True(after.AtMostLeft < before.AtMostLeft && after.MinutesLeft <= before.MinutesLeft);
            Assert.Equal(72, after.Answered + after.Skipped + after.AtMostLeft);
            before = after;
        }
        Assert.Equal((0, 0), (before.AtMostLeft, before.MinutesLeft));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(90, false)]
    public void Minutes_left_follow_the_pace_of_this_person(int secondsEach, bool faster)
    {
        var first = new ReadinessInterview(Company.Questions, Company.Nobody);
        var unhurried = new ReadinessInterview(Company.Questions, After(20, _ => TimeSpan.Zero)).Progress.MinutesLeft;

        var own = new ReadinessInterview(Company.Questions, After(20, number => TimeSpan.FromSeconds(number * secondsEach))).Progress.MinutesLeft;

        Assert.InRange(first.Progress.MinutesLeft, 10, 30);
        Assert.True(faster ? own < unhurried : own > unhurried, $"{own} and {unhurried} minutes");
    }

    [Fact]
    public void A_night_between_two_answers_does_not_count_as_thinking()
    {
        var steady = new ReadinessInterview(Company.Questions, After(20, number => TimeSpan.FromSeconds(number * 10))).Progress;
        var overNight = new ReadinessInterview(Company.Questions, After(20, number => TimeSpan.FromSeconds(number * 10) + (number > 10 ? TimeSpan.FromHours(14) : TimeSpan.Zero))).Progress;

        Assert.Equal(steady.MinutesLeft, overNight.MinutesLeft);
    }

    private static Answers After(int count, Func<int, TimeSpan> at)
    {
        var answers = Company.Nobody;
        for (var number = 1; number <= count; number++)
            answers = answers.With(Company.Best(new ReadinessInterview(Company.Questions, answers).Next!.Question) with { AnsweredAt = Company.Began + at(number) });
        return answers;
    }
}

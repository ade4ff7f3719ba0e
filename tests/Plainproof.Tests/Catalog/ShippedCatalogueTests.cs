using System.Diagnostics;
using Plainproof.Catalog;
using Plainproof.Checks;
using Xunit;

namespace Plainproof.Tests.Catalog;

public sealed class ShippedCatalogueTests
{
    [Fact]
    public void The_shipped_catalogue_holds_together()
    {
        var problems = CatalogueCheck.Problems(Catalogue.Shipped, [], CatalogueCounts.Shipped);

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public void Each_check_of_the_library_has_its_controls_and_plain_words()
    {
        var checks = CheckLibrary.All.Select(check => CheckReach.Of(check.Info)).ToArray();
        var problems = CatalogueCheck.Problems(Catalogue.Shipped, checks, CatalogueCounts.Shipped);

        Assert.NotEmpty(checks);

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    // The best of many: other tests run beside this one.
    [Fact]
    public void The_catalogue_loads_within_50_ms() =>
        Assert.InRange(Enumerable.Range(0, 40).Min(_ => Milliseconds(() => CatalogueReader.ReadEmbedded())), 0, 50);

    [Fact]
    public void Each_category_has_as_many_criteria_as_the_edition() =>
        Assert.Equal(
            [("Security", 33), ("Availability", 3), ("Confidentiality", 2), ("Processing integrity", 5), ("Privacy", 18)],
            Catalogue.Shipped.Criteria.Criteria.GroupBy(one => one.Category).Select(group => (group.Key, group.Count())));

    [Fact]
    public void The_common_criteria_follow_each_COSO_principle_once() =>
        Assert.Equal(Enumerable.Range(1, 17), Catalogue.Shipped.Criteria.Criteria.Select(one => one.Coso).OfType<int>().Order());

    [Fact]
    public void No_two_controls_or_gaps_share_a_title()
    {
        Assert.Distinct(Catalogue.Shipped.Controls.Controls.Select(control => control.Title));
        Assert.Distinct(Catalogue.Shipped.Gaps.Gaps.Select(gap => gap.Title));
    }

    [Fact]
    public void The_plain_text_of_a_control_is_one_to_three_sentences_of_school_grade_8() =>
        Assert.All(Catalogue.Shipped.Controls.Controls, control =>
        {
            Assert.InRange(Readability.Sentences(control.Plain).Count, 1, 3);
            Assert.InRange(Readability.Grade(control.Plain), -5, 8);
        });

    [Fact]
    public void Why_a_gap_matters_and_its_fix_are_of_school_grade_8() =>
        Assert.All(Catalogue.Shipped.Gaps.Gaps, gap => Assert.InRange(Readability.Grade(gap.Why + " " + gap.Fix), -5, 8));

    [Fact]
    public void A_condition_holds_for_answers_given_and_never_for_a_question_not_asked()
    {
        var never = new Condition { Question = "B01", NotIn = ["no"] };
        var cloud = new When { Any = [new() { Question = "S04", In = ["aws"] }, new() { Question = "S04", NotIn = ["customer"] }] };

        Assert.True(never.Holds(Chosen("B01", "daily")));
        Assert.False(never.Holds(Chosen("B01", "no")));
        Assert.False(never.Holds(Chosen("B02", "daily")));
        Assert.True(cloud.Holds(Chosen("S04", "customer", "aws")));
        Assert.False(cloud.Holds(Chosen("S04", "customer")));
        Assert.False(new When { All = [never, new() { Question = "X", In = ["y"] }] }.Holds(Chosen("B01", "daily")));
    }

    private static Dictionary<string, IReadOnlyCollection<string>> Chosen(string question, params string[] options) => new() { [question] = options };

    private static double Milliseconds(Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalMilliseconds;
    }
}

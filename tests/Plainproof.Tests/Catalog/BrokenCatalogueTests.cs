using Plainproof.Catalog;
using Xunit;

namespace Plainproof.Tests.Catalog;

/// <summary>Each rule of the proof fails on a small catalogue with one thing broken, and names that thing.</summary>
public sealed class BrokenCatalogueTests
{
    [Fact]
    public void A_small_catalogue_that_holds_together_has_no_problem() => Assert.Empty(Problems(SmallCatalogue.Whole()));

    [Fact]
    public void A_repeated_id_is_found() =>
        Finds(Whole.WithControl("PRV-01", one => one with { Id = "AC-01" }), "controls.json, AC-01: more than one control has this id");

    [Fact]
    public void A_criterion_without_a_control_is_found() =>
        Finds(Whole.WithControl("PRV-01", one => one with { Criteria = ["CC6.1"] }), "criteria.json, P1.1: no control serves it");

    [Fact]
    public void A_lead_that_does_not_serve_its_criterion_is_found() =>
        Finds(Whole.WithCriterion("P1.1", one => one with { Lead = "AC-01" }), "criteria.json, P1.1: is led by AC-01, which does not serve it");

    [Fact]
    public void A_control_whose_gap_does_not_exist_is_found() =>
        Finds(Whole.WithControl("AC-01", one => one with { Gap = "G-NO-1" }), "controls.json, AC-01: names gap G-NO-1, which gaps.json does not have");

    [Fact]
    public void A_control_without_a_gap_is_found() =>
        Finds(Whole.WithControl("AC-01", one => one with { Gap = "" }), "controls.json, AC-01: has no gap");

    [Fact]
    public void A_gap_that_does_not_list_its_control_is_found() =>
        Finds(Whole.WithGap("G-AC-1", one => one with { Controls = ["PRV-01"] }), "controls.json, AC-01: has the gap G-AC-1, which does not list it");

    [Fact]
    public void A_control_without_evidence_is_found() =>
        Finds(Whole.WithControl("AC-01", one => one with { Evidence = [] }), "controls.json, AC-01: has no way to be evidenced");

    [Fact]
    public void A_control_shown_only_by_collection_needs_a_check_that_covers_it()
    {
        var onlyRead = (Control one) => one with { Evidence = [new() { What = "Users read", By = EvidenceWay.Collection }] };

        Assert.Empty(Problems(Whole.WithControl("AC-01", onlyRead)));
        Finds(Whole.WithControl("PRV-01", onlyRead), "controls.json, PRV-01: has no way to be evidenced");
    }

    [Fact]
    public void A_control_without_a_rhythm_is_found() =>
        Finds(Whole.WithControl("AC-01", one => one with { Frequency = one.Frequency with { Every = [] } }), "controls.json, AC-01: has no rhythm");

    [Fact]
    public void A_control_no_auditor_asks_for_is_found() =>
        Finds(Whole.WithRequest(one => one with { Controls = ["AC-01"] }), "controls.json, PRV-01: no request of the auditor asks for it");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_gap_without_a_fix_is_found(string fix) => Finds(Whole.WithGap("G-AC-1", one => one with { Fix = fix }), "gaps.json, G-AC-1: has no fix");

    [Fact]
    public void A_gap_that_does_not_say_why_is_found() =>
        Finds(Whole.WithGap("G-AC-1", one => one with { Why = "" }), "gaps.json, G-AC-1: does not say why it matters");

    [Fact]
    public void A_gap_nothing_leads_to_is_found() =>
        Finds(Whole with { Gaps = new() { Gaps = [.. Whole.Gaps.Gaps, Whole.Gaps.Gaps[0] with { Id = "G-AC-2" }] } },
            "gaps.json, G-AC-2: is the gap of no control and no answer opens it");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gaps_that_wait_for_each_other_are_found(bool needs) =>
        Finds(Whole.WithGap("G-AC-1", one => needs ? one with { NeedsFirst = ["G-PRV-1"] } : one with { HelpedBy = ["G-PRV-1"] }),
            "gaps.json, G-AC-1: waits for itself: G-AC-1 after G-PRV-1 after G-AC-1");

    [Fact]
    public void A_gap_that_waits_for_itself_is_found() =>
        Finds(Whole.WithGap("G-AC-1", one => one with { NeedsFirst = ["G-AC-1"] }), "gaps.json, G-AC-1: waits for itself: G-AC-1 after G-AC-1");

    [Fact]
    public void A_gap_that_needs_one_that_scope_may_leave_out_is_found() =>
        Finds(Whole.WithGap("G-PRV-1", one => one with { NeedsFirst = [] }).WithGap("G-AC-1", one => one with { NeedsFirst = ["G-PRV-1"] }),
            "gaps.json, G-AC-1: needs G-PRV-1 first, which does not count in all of its categories");

    [Fact]
    public void A_gap_that_its_category_hides_from_a_criterion_is_found() =>
        Finds(Whole.WithGap("G-PRV-1", one => one with { Categories = ["Security"] }), "gaps.json, G-PRV-1: does not count in Privacy, where its control PRV-01 leads P1.1");

    [Fact]
    public void Amounts_that_run_backwards_are_found()
    {
        Finds(Whole.WithGap("G-AC-1", one => one with { Hours = new() { Low = 3, High = 2 } }), "gaps.json, G-AC-1: its hours run from 3 to 2");
        Finds(Whole.WithGap("G-AC-1", one => one with { Cost = one.Cost with { Low = -1 } }), "gaps.json, G-AC-1: its costs run from -1 to 0");
        Finds(Whole.WithGap("G-AC-1", one => one with { LeadDays = new() { Low = 9, High = 1 } }), "gaps.json, G-AC-1: its lead days run from 9 to 1");
    }

    [Fact]
    public void A_severity_that_its_marks_deny_is_found() =>
        Finds(Whole.WithGap("G-AC-1", one => one with { Runs = true }), "gaps.json, G-AC-1: is of severity Blocker but says type1 True, runs True");

    [Fact]
    public void A_question_hidden_by_a_worse_answer_is_found() =>
        Finds(Whole.WithQuestion("A02", one => one with { WhenSkipped = null }), "questions.json, A02: is not asked after A01: no, and then G-PRV-1 stays hidden");

    [Fact]
    public void A_question_is_not_hidden_when_the_worse_answer_opens_its_gap() =>
        Assert.Empty(Problems(Whole
            .WithQuestion("A02", one => one with { WhenSkipped = null })
            .WithQuestion("A01", one => one.WithOption("no", option => option with { Opens = ["G-AC-1", "G-PRV-1"] }))));

    [Fact]
    public void A_question_skipped_for_scope_hides_nothing() =>
        Assert.Empty(Problems(Whole.WithQuestion("A02", one => one with { WhenSkipped = null, When = new() { All = [new() { Question = "S01", In = ["data"] }] } })));

    [Fact]
    public void A_question_hidden_behind_a_skipped_parent_is_found()
    {
        var grandchild = Whole.Questions.Questions[2] with
        {
            Id = "A03",
            WhenSkipped = null,
            When = new() { All = [new() { Question = "A02", In = ["yes", "no"] }] },
        };
        var hidden = Whole.WithQuestion("A02", one => one with { WhenSkipped = new() { Opens = ["G-PRV-1"] } });

        // Opened on the way by A02: nothing is hidden. When A02 opens another gap instead, A03's gap is.
        Assert.DoesNotContain(Problems(Add(hidden, grandchild)), problem => problem.Id == "A03");
        Finds(Add(hidden, grandchild with { Options = [.. grandchild.Options.Select(option => option.Opens.Count > 0 ? option with { Opens = ["G-PRV-2"] } : option)] }),
            "questions.json, A03: is not asked after A01: no (which skips A02), and then G-PRV-2 stays hidden");
    }

    [Fact]
    public void A_section_skipped_by_a_worse_answer_is_found() =>
        Finds(Whole
                .WithQuestion("A02", one => one with { WhenSkipped = null, When = null })
                .WithQuestion("S01", one => one.WithOption("none", option => option with { Score = 0, Opens = ["G-AC-1"], Effects = [new() { Kind = "skipSection", Value = "access" }] })),
            "questions.json, A02: is not asked after S01: none, and then G-PRV-1 stays hidden");

    [Fact]
    public void A_gap_told_of_a_question_that_is_only_out_of_scope_is_found() =>
        Finds(Whole.WithQuestion("A02", one => one with { When = new() { All = [new() { Question = "A01", NotIn = ["no"] }, new() { Question = "S01", In = ["data"] }] } }),
            "questions.json, A02: has whenSkipped, but S01: none skips it for scope alone");

    [Fact]
    public void A_gap_told_of_a_question_that_is_never_skipped_is_found() =>
        Finds(Whole.WithQuestion("A02", one => one with { When = null }), "questions.json, A02: has whenSkipped, but no worse answer ever skips it");

    [Fact]
    public void A_question_that_depends_on_a_later_one_is_found() =>
        Finds(Whole.WithQuestion("S01", one => one with { When = new() { Any = [new() { Question = "A01", In = ["yes"] }] } }),
            "questions.json, S01: depends on A01, which is asked later");

    [Theory]
    [InlineData(1, "G-AC-1", "option yes scores 1 and still opens G-AC-1")]
    [InlineData(2, null, "option yes scores 2")]
    [InlineData(0, null, "option yes scores 0 and opens no gap")]
    public void A_score_that_its_gaps_deny_is_found(int score, string? opens, string says) =>
        Finds(Whole.WithQuestion("A01", one => one.WithOption("yes", option => option with { Score = score, Opens = opens is null ? [] : [opens] })), $"questions.json, A01: {says}");

    [Fact]
    public void A_question_without_a_choice_is_found() =>
        Finds(Whole.WithQuestion("S01", one => one with { Options = [one.Options[0]] }), "questions.json, S01: gives fewer than two options to choose from");

    [Fact]
    public void An_effect_nothing_acts_on_is_found() =>
        Finds(WithEffect("magic", "x"), "questions.json, S01: option none has the effect magic, which nothing acts on");

    [Theory]
    [InlineData("proposeCategory", "Beauty", "names category Beauty, which criteria.json does not have")]
    [InlineData("skipSection", "nowhere", "names section nowhere, which questions.json does not have")]
    [InlineData("disclose", "DC7", "names section of the description DC7, which description.json does not have")]
    [InlineData("control", "AC-99", "names control AC-99, which controls.json does not have")]
    [InlineData("subservice", "barber", "names the subservice kind barber, for which entity-controls.json has nothing")]
    [InlineData("multiplier", "many", "option none has a multiplier that is no number above 0")]
    public void An_effect_that_leads_nowhere_is_found(string kind, string value, string says) => Finds(WithEffect(kind, value), $"questions.json, S01: {says}");

    [Fact]
    public void A_condition_on_an_option_that_does_not_exist_is_found() =>
        Finds(Whole.WithQuestion("A02", one => one with { When = new() { All = [new() { Question = "A01", NotIn = ["never"] }] } }),
            "questions.json, A02: depends on option never of A01, which has no such option");

    [Fact]
    public void A_condition_that_says_both_or_neither_is_found()
    {
        Finds(Whole.WithQuestion("A02", one => one with { When = new() }), "questions.json, A02: has a condition that gives neither or both of all and any");
        Finds(Whole.WithQuestion("A02", one => one with { When = new() { All = [new() { Question = "A01" }] } }),
            "questions.json, A02: has a condition on A01 that gives neither or both of in and notIn");
    }

    [Fact]
    public void Every_reference_that_leads_nowhere_is_found()
    {
        var broken = Whole
            .WithCriterion("CC6.1", one => one with { Series = "CC7", Category = "Secrecy", Lead = "AC-77" })
            .WithControl("AC-01", one => one with { Criteria = ["CC6.1", "CC6.9"] })
            .WithGap("G-AC-1", one => one with { Controls = ["AC-01", "AC-78"], NeedsFirst = ["G-X-1"], HelpedBy = ["G-X-2"], Categories = ["Secrecy"] })
            .WithQuestion("A01", one => one with { Section = "nowhere", Controls = ["AC-79"], GapText = new Dictionary<string, string> { ["maybe"] = "Perhaps." } })
            .WithQuestion("A02", one => one with { WhenSkipped = new() { Opens = ["G-PRV-1", "G-X-3"] } })
            .WithRequest(one => one with { Criteria = ["DC9"], Controls = ["AC-01", "PRV-01", "AC-80"] })
            .WithPolicy(one => one with { Criteria = ["CC6.1", "CC6.8"], Controls = ["AC-81"] })
            with
        {
            Standing = new() { Items = [Whole.Standing.Items[0] with { Controls = ["AC-82"], Description = ["DC8"] }] },
            Description = new() { Sections = [Whole.Description.Sections[0] with { Controls = ["AC-83"] }] },
            EntityControls = new()
            {
                Customer = [Whole.EntityControls.Customer[0] with { Criteria = ["CC6.7"], When = new() { All = [new() { Question = "Q99", In = ["x"] }] } }],
                Subservice = [Whole.EntityControls.Subservice[0] with { Criteria = ["CC6.6"] }],
            },
            Scoping = Whole.Scoping with { Categories = [.. Whole.Scoping.Categories, new() { Category = "Beauty", ProposeWhen = [new() { Question = "Q98", In = ["x"] }], Say = "No." }] },
        };

        var found = string.Join('\n', Problems(broken));

        Assert.All(
            ["CC7", "Secrecy", "AC-77", "CC6.9", "AC-78", "G-X-1", "G-X-2", "nowhere", "AC-79", "maybe", "G-X-3", "DC9", "AC-80", "CC6.8", "AC-81", "AC-82", "DC8",
                "AC-83", "CC6.7", "Q99", "CC6.6", "Beauty", "Q98"],
            id => Assert.Contains(id, found, StringComparison.Ordinal));
    }

    [Fact]
    public void A_criterion_in_a_series_of_another_category_is_found() =>
        Finds(Whole.WithCriterion("P1.1", one => one with { Series = "CC6" }), "criteria.json, P1.1: its category is not that of its series");

    [Fact]
    public void Things_without_a_home_are_found()
    {
        var empty = Whole with
        {
            Criteria = Whole.Criteria with { Series = [.. Whole.Criteria.Series, new() { Id = "P2", Title = "Choice", Category = "Privacy" }] },
            Questions = Whole.Questions with { Sections = [.. Whole.Questions.Sections, new() { Id = "empty", Title = "Empty" }] },
            Scoping = Whole.Scoping with { Categories = [Whole.Scoping.Categories[0]] },
        };

        Finds(empty, "criteria.json, P2: the series has no criterion");
        Finds(empty, "questions.json, empty: the section has no question");
        Finds(empty, "scoping.json, Privacy: no rule says when the category is proposed");
    }

    [Fact]
    public void A_policy_that_names_a_control_beside_the_point_is_found() =>
        Finds(Whole.WithPolicy(one => one with { Controls = ["PRV-01"] }), "policies.json, POL-01: names PRV-01, which serves none of its criteria");

    [Fact]
    public void A_catalogue_with_something_missing_is_found()
    {
        var problems = CatalogueCheck.Problems(Whole, SmallCatalogue.Checks, CatalogueCounts.Shipped).Select(problem => problem.ToString()).ToArray();

        Assert.All(
            ["2 categories, not 5", "2 criteria, not 61", "7 points of focus, not 330", "2 controls, not 106", "3 questions, not 72", "2 gaps, fewer than 57",
                "1 standing items, not 12", "1 requests, not 97", "1 policies, not 14", "DC1, not DC1, DC2"],
            says => Assert.Contains(problems, problem => problem.Contains(says, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_text_that_is_hard_to_read_is_found() =>
        Finds(Whole.WithControl("AC-01", one => one with { Plain = string.Join(' ', Enumerable.Repeat("go", 21)) + "." }), "controls.json, AC-01: its plain has a sentence of 21 words, over 20");

    [Fact]
    public void The_auditors_sentence_may_be_hard_to_read() =>
        Assert.Empty(Problems(Whole.WithControl("AC-01", one => one with { Statement = string.Join(' ', Enumerable.Repeat("RPO", 40)) + "." })));

    [Fact]
    public void An_empty_text_is_found() => Finds(Whole.WithQuestion("A01", one => one with { Ask = " " }), "questions.json, A01: its ask is empty");

    [Fact]
    public void A_term_the_glossary_lacks_is_found()
    {
        Assert.Empty(Problems(Whole.WithGap("G-AC-1", one => one with { Fix = "Turn on MFA." })));
        Finds(Whole.WithGap("G-AC-1", one => one with { Fix = "Book a penetration test." }), "gaps.json, G-AC-1: its fix uses \"penetration test\", which the glossary does not explain");
    }

    [Fact]
    public void A_word_explained_twice_is_found() =>
        Finds(Whole with { Glossary = new() { Terms = [.. Whole.Glossary.Terms, new() { Name = "two-step", Also = ["mfa"], Plain = "Again." }] } },
            "glossary.json, two-step: explains \"MFA\" more than once");

    [Theory]
    [InlineData("You are then compliant.")]
    [InlineData("You passed SOC 2.")]
    public void A_word_only_an_auditor_may_say_is_found(string text) =>
        Finds(Whole.WithGap("G-AC-1", one => one with { Why = text }), "Only an auditor gives an opinion");

    [Fact]
    public void A_check_that_leads_nowhere_is_found()
    {
        FindsFor(new("c1", [], ["CC6.1"]), "checks, c1: names no control");
        FindsFor(new("c2", ["AC-01"], []), "checks, c2: names no criterion");
        FindsFor(new("c3", ["AC-99"], ["CC6.1"]), "checks, c3: names control AC-99, which controls.json does not have");
        FindsFor(new("c4", ["AC-01"], ["CC6.1", "CC9.9"]), "checks, c4: names criterion CC9.9, which criteria.json does not have");
        FindsFor(new("c5", ["PRV-01"], ["CC6.1"]), "checks, c5: names PRV-01, which serves none of its criteria");
    }

    [Fact]
    public void A_check_that_speaks_in_riddles_is_found() =>
        FindsFor(SmallCatalogue.Checks[0] with { Texts = [new("checks", "second-step", "steps", "Mitigate the RTO.")] },
            "checks, second-step: its steps uses \"RTO\", which the glossary does not explain");

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.True(Problems(Whole.WithGap("G-AC-1", one => one with { Fix = "", Why = "" }).WithControl("PRV-01", one => one with { Evidence = [] })).Count >= 3);

    private static Catalogue Whole => SmallCatalogue.Whole();

    private static Catalogue Add(Catalogue all, Question question) =>
        all with { Questions = all.Questions with { Questions = [.. all.Questions.Questions, question] } };

    private static Catalogue WithEffect(string kind, string value) =>
        Whole.WithQuestion("S01", one => one.WithOption("none", option => option with { Effects = [new() { Kind = kind, Value = value }] }));

    private static IReadOnlyList<Problem> Problems(Catalogue catalogue) => CatalogueCheck.Problems(catalogue, SmallCatalogue.Checks, SmallCatalogue.Counts);

    private static void Finds(Catalogue catalogue, string says) =>
        Assert.Contains(Problems(catalogue), problem => problem.ToString().Contains(says, StringComparison.Ordinal));

    private static void FindsFor(CheckReach check, string says) =>
        Assert.Contains(CatalogueCheck.Problems(Whole, [check], SmallCatalogue.Counts), problem => problem.ToString().Contains(says, StringComparison.Ordinal));
}

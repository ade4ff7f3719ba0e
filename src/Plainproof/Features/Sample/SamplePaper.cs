using System.Text.Json.Nodes;
using Plainproof.Catalog;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Gaps;
using Plainproof.Features.Interview;
using Plainproof.Features.Systems;
using Plainproof.Sources;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>What the made-up people said and did: answers of the interview, who mends which gap, comments, a waiver, the register of services.</summary>
internal sealed class SamplePaper(CompanyStore store, SampleActs acts, IEvidenceLog log, TimeProvider clock, SampleCalendar year)
{
    /// <summary>The act by which an account enters the service register.</summary>
    private const string Service = IdentityLink.Service;

    public async Task WriteAsync(CancellationToken stop)
    {
        foreach (var (service, owner) in new[] { ($"{SampleOffice.Directory}/account/svc-backup", Larkfield.Pavel), ("postgresql:db1:5432/account/ledger_app", Larkfield.Tobias), ("host:web1/account/deploy", Larkfield.Tobias), ("host:db1/account/deploy", Larkfield.Tobias) })
            await RegisterAsync(service, owner, stop);
        await using var records = new CompanyRecords(store.Database);
        await AnswerAsync(records, stop);
        await PlanAsync(records, "protection-runs", Larkfield.Pavel, year.Day(-12), 19, "No scanner fits the database's machine yet. I try two of them this month.", stop);
        await PlanAsync(records, "web-headers", Larkfield.Tobias, year.Day(4), 33, "The report-only policy ran for two weeks without a complaint. Next release.", stop);
        await PlanAsync(records, "orphan-accounts", Larkfield.Ines, year.Day(-6), 12, "svc-build has no owner. Pavel set it up with somebody who left. Who takes it?", stop);
        await PlanAsync(records, "weaknesses-fixed-in-time", Larkfield.Priya, year.Day(-3), 8, "The new parser breaks two imports. The fix is in review.", stop);
        await PlanAsync(records, "idle-accounts", Larkfield.Ines, year.Day(-20), 27, "Camille is on leave until spring. We switch the account off meanwhile.", stop);
        await ConnectAsync(records, stop);
        await new SampleRecurring(acts, year).WriteAsync(records, stop);
        await WaiveAsync(records, "dns-dnssec", "Our registrar signs zones from next quarter on. Until then the certificate authority is pinned in CAA.", 41, stop);
    }

    /// <summary>The register says who answers for an account that is nobody's own.</summary>
    private async Task RegisterAsync(string service, SamplePerson owner, CancellationToken stop)
    {
        var at = year.At(340, 10);
        var entry = SampleHistory.Told(Service, clock, at, new JsonObject { ["subject"] = service, ["by"] = Larkfield.Ines.Email, ["says"] = owner.Email });
        await store.AddActAsync(
            new Act(Service, service, Larkfield.Ines.Email, at, at, Says: owner.Email),
            async (_, within) => await log.EnqueueAsync(entry, within, stop), stop, entry.Id.ToString());
    }

    /// <summary>Mostly good news, as people like to tell it: the first answer to all but some questions.</summary>
    private Task AnswerAsync(CompanyRecords records, CancellationToken stop)
    {
        var catalogue = Catalogue.Shipped;
        var at = year.At(352, 15);
        var answers = Answers.None(Larkfield.Title, Larkfield.Ines.Email, year.Day(352));
        while (new ReadinessInterview(catalogue.Questions, answers).Next is { Question: var question })
            answers = answers.With(Answer(question, at));
        return acts.AddAsync(records, at, "interview.answered", $"{answers.Given.Count} questions were answered. The answers are claims.", [
            new SavedAnswers { Answers = PackedAnswers.Pack(answers), SavedAt = at, SavedBy = Larkfield.Ines.Email },
        ], stop);
    }

    private Answer Answer(Question question, DateTimeOffset at)
    {
        string[] chosen = question.Id switch
        {
            "S03" => ["store", "people-see"],
            "S04" => ["own-servers"],
            "S05" => ["6-20"],
            "S08" => ["most"],
            "S09" or "S10" => [question.Options[1].Id],
            "S11" => ["eu-uk"],
            "S14" => ["type2"],
            "I03" => ["no-notes"],
            "T02" => ["some"],
            "V03" => ["open"],
            _ => question.Options.Count > 0 ? [question.Options[0].Id] : [],
        };
        return question.Answer switch
        {
            AnswerKind.Text => new Answer.Wrote("Larkfield Ledger, bookkeeping for small shops. It is made up.") { Question = question.Id, AnsweredAt = at },
            AnswerKind.Date => new Answer.Dated(year.Day(-120)) { Question = question.Id, AnsweredAt = at },
            _ when question.Id == "D03" => new Answer.DoesNotKnow { Question = question.Id, AnsweredAt = at },
            _ => new Answer.Chose(chosen) { Question = question.Id, AnsweredAt = at },
        };
    }

    private async Task PlanAsync(CompanyRecords records, string gap, SamplePerson owner, DateOnly due, int ago, string comment, CancellationToken stop)
    {
        var at = year.At(ago, 9);
        await acts.AddAsync(records, at, "gap.planned", $"Assigned to {owner.Name}.", [
            new GapPlan { GapId = gap, OwnerId = Larkfield.IdOf(owner), Due = due },
            new GapEvent { GapId = gap, Kind = GapEventKind.Planned, Says = $"Assigned to {owner.Name}. Due {Words.Day(due)}.", ToldAt = at, ToldBy = Larkfield.Ines.Email },
        ], stop, new JsonObject { ["gap"] = gap });
        await acts.AddAsync(records, at.AddHours(30), "gap.commented", comment, [
            new GapEvent { GapId = gap, Kind = GapEventKind.Commented, Says = comment, ToldAt = at.AddHours(30), ToldBy = owner.Email },
        ], stop, new JsonObject { ["gap"] = gap });
    }

    /// <summary>The systems as they were connected, and their last run. Nothing can sign in anywhere with this: no secret is kept.</summary>
    private Task ConnectAsync(CompanyRecords records, CancellationToken stop)
    {
        var library = new SourceLibrary(clock);
        var at = year.At(362, 10);
        var last = SampleHistory.Readings(year, 0).Where(reading => reading.Source is not ("push" or "import" or "people")).ToList();
        List<Connection> connected = [.. last.Select(reading => new Connection
        {
            Id = $"sample-{reading.Scope.Replace(':', '-')}",
            Source = reading.Source,
            Name = $"{library.Find(reading.Source)!.Info.Title} {reading.Scope[(reading.Scope.IndexOf(':') + 1)..]}",
            Options = "{}",
            Scope = reading.Scope,
            WithheldAt = at,
            WithheldBy = Larkfield.Pavel.Email,
            ConnectedAt = at,
            ConnectedBy = Larkfield.Pavel.Email,
        })];
        var run = new Reading
        {
            Id = "sample-run",
            StartedAt = year.ReadAt(0),
            StartedBy = Larkfield.Pavel.Email,
            Why = "planned",
            Connections = string.Join(' ', connected.Select(one => one.Id)),
            State = ReadingState.Done,
            EndedAt = year.ReadAt(0).AddMinutes(5),
            Parts = "[]",
        };
        run.Tell([.. last.Zip(connected, (reading, one) => new ReadingPart(one.Id, one.Name, 8, reading.All.Sum(told => told.Things.Count), reading.All.Count, reading.All.Count, []))]);
        return acts.AddAsync(records, at, "system.connected", $"{connected.Count} systems were connected.", [.. connected, run], stop);
    }

    private Task WaiveAsync(CompanyRecords records, string gap, string reason, int ago, CancellationToken stop)
    {
        var (at, until) = (year.At(ago, 11), year.Day(-75));
        return acts.AddAsync(records, at, "gap.waived", reason, [
            new GapWaiver { GapId = gap, Reason = reason, Until = until, GivenAt = at, GivenBy = Larkfield.Mara.Email },
            new GapEvent { GapId = gap, Kind = GapEventKind.Waived, Says = $"Waived until {Words.Day(until)}: {reason}", ToldAt = at, ToldBy = Larkfield.Mara.Email },
        ], stop, new JsonObject { ["gap"] = gap, ["until"] = Words.Day(until) });
    }
}

using Plainproof.Catalog;
using Plainproof.Facts;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>What is expected of the companies that the promises rest on (CSOC).</summary>
internal sealed class SubserviceControls : IPaperKind
{
    private static readonly string[] Columns = ["Id", "What it does", "Criteria"];

    /// <summary>Options of the question where the service runs, with the kind of provider in the catalogue.</summary>
    private static readonly (string Option, string Kind, string Name)[] Providers =
        [("aws", "cloud", "Amazon Web Services (AWS)"), ("azure", "cloud", "Microsoft Azure"), ("google-cloud", "cloud", "Google Cloud"), ("app-platform", "app-platform", "The app platform")];

    public string Id => "subservice-controls";

    public string Title => "What other companies must do";

    public string Plain => "The companies that your promises rest on, and the controls that you expect of each.";

    public string Term => "CSOC";

    public int Place => 40;

    public SigningRule Signing => SigningRule.AnyDay;

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop) =>
    [
        Section.Of("companies", "Companies that our promises rest on", await SentencesAsync(ground, stop)),
        .. Providers.Where(provider => IsChosen(ground, provider.Option)).DistinctBy(provider => provider.Kind).Select(provider => Section.Table(provider.Kind, $"What we expect of {NamesOf(ground, provider.Kind)}", Columns, Rows(ground, provider.Kind))),
    ];

    /// <summary>Which companies they are, what each does, and that the auditor does not test them.</summary>
    public static async Task<IReadOnlyList<Sentence>> SentencesAsync(PaperGround ground, CancellationToken stop)
    {
        var vendors = (await ground.ListAsync("vendors", ground.First, ground.Last, stop))?.List.Items.Where(item => ((Vendor)item.Told.Fact.Untyped).Subservice).ToList() ?? [];
        IReadOnlyList<Sentence> told =
        [
            .. Providers.Where(provider => IsChosen(ground, provider.Option)).Select(provider => Sentence.Drawn($"provider/{provider.Option}", ground.FromAnswer("S04", Wording.Standard), $"{provider.Name} runs the ground that the service stands on. The auditor does not test it (carve-out).")),
            .. vendors.SelectMany(Of),
        ];
        return told.Count > 0 ? told : [Sentence.Asked("subservice", "Name the companies that your promises rest on, or say that there are none", "/controls/VEN-01")];
    }

    private static IEnumerable<Sentence> Of(Assurance.Populations.Item item)
    {
        var it = (Vendor)item.Told.Fact.Untyped;
        var trace = Telling.TraceOf(item, "The vendor list tells so");
        yield return Sentence.Drawn($"vendor/{item.Scope}/{item.Subject}", trace, $"{it.Name}: {Telling.Whole(it.Service)} The auditor does not test it (carve-out).{(it.ReviewedOn is { } day ? $" We last looked at how safe it is on {StandingParts.Day(day)}." : "")}");
        if (it.ReviewedOn is null)
            yield return Sentence.Asked($"reviewed/{item.Subject}", $"Say how you keep an eye on {it.Name}", "/controls/VEN-03");
        yield return Sentence.Asked($"expected/{item.Subject}", $"List the controls that you expect of {it.Name}, with the criteria of each", "/controls/VEN-01");
    }

    private static IEnumerable<Sentence> Rows(PaperGround ground, string kind)
    {
        foreach (var one in Catalogue.Shipped.EntityControls.Subservice.Where(one => one.Kind == kind))
        {
            var served = one.Criteria.Where(id => ground.Criteria.Any(criterion => criterion.Id == id)).ToList();
            if (served.Count > 0)
                yield return Sentence.Drawn($"csoc/{one.Id}", new Trace($"We suggest it, because of where the service runs. It serves {Telling.And(served)}.", "/answers", [one.Id], Wording.Standard), one.Id, one.Text, string.Join(" ", served));
        }
    }

    private static bool IsChosen(PaperGround ground, string option) => ground.Answered("S04")?.Chosen.Any(one => one.Id == option) == true;

    private static string NamesOf(PaperGround ground, string kind) => kind == "app-platform" ? "the app platform" : Telling.And([.. Providers.Where(provider => provider.Kind == kind && IsChosen(ground, provider.Option)).Select(provider => provider.Name)]);
}

namespace Plainproof.Features.Papers.Kinds;

/// <summary>What the options of the interview say as sentences of a paper. An option that is not here says nothing that belongs into one.</summary>
internal static class AnswerSentences
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["S03/store"] = "The service stores customers' information.",
        ["S03/passes"] = "Customers' information passes through the service.",
        ["S03/people-see"] = "People of the company see customers' information.",
        ["S03/none"] = "The service keeps no information of customers, and none passes through it.",
        ["S04/aws"] = "The service runs on Amazon Web Services (AWS).",
        ["S04/azure"] = "The service runs on Microsoft Azure.",
        ["S04/google-cloud"] = "The service runs on Google Cloud.",
        ["S04/app-platform"] = "The service runs on an app platform.",
        ["S04/own-servers"] = "The service runs on the company's own servers.",
        ["S04/other-tools"] = "Parts of the service run on tools of other companies.",
        ["S04/customer-servers"] = "The product runs on servers of the customers.",
        ["S05/just-me"] = "One person works for the company.",
        ["S05/2-5"] = "2 to 5 people work for the company, contractors included.",
        ["S05/6-20"] = "6 to 20 people work for the company, contractors included.",
        ["S05/21-50"] = "21 to 50 people work for the company, contractors included.",
        ["S05/51-150"] = "51 to 150 people work for the company, contractors included.",
        ["S05/more"] = "More than 150 people work for the company, contractors included.",
        ["S06/weekly"] = "The company writes its own software, and releases it every week or more often.",
        ["S06/less"] = "The company writes its own software, and releases it less often than every week.",
        ["S06/supplier"] = "A supplier writes and releases the software for the company.",
        ["S06/no"] = "The company writes no software of its own.",
        ["S07/contract"] = "Contracts promise that the service is up, with a figure.",
        ["S07/website"] = "The website or the sales slides promise that the service is up.",
        ["S07/no"] = "The company promises no figure for how long the service is up.",
        ["S08/with-date"] = "Contracts promise that information is kept secret, and set a time for its return or deletion.",
        ["S08/most"] = "Most contracts promise that information is kept secret, with no time for its deletion.",
        ["S08/some"] = "Some contracts promise that information is kept secret.",
        ["S08/no"] = "Contracts promise nothing about keeping information secret.",
        ["S11/health"] = "The service handles health records.",
        ["S11/cards"] = "The service handles payment cards.",
        ["S11/children"] = "The service handles data of children.",
        ["S11/eu-uk"] = "The service handles data of people in the EU or the UK.",
        ["S11/government"] = "The service handles government data.",
        ["S13/remote"] = "The company has no office: everybody works from elsewhere.",
        ["S13/laptops"] = "In the office there are only laptops.",
        ["S13/servers"] = "In the office there are servers or storage.",
    };

    private static readonly Dictionary<string, string> Asks = new(StringComparer.Ordinal)
    {
        ["S03"] = "Say what you do with customers' information",
        ["S04"] = "Say where the service runs",
        ["S05"] = "Say how many people work for you",
        ["S06"] = "Say who writes and releases the software",
        ["S07"] = "Say what you promise about uptime",
        ["S08"] = "Say what contracts promise about secrecy and deletion",
        ["S11"] = "Say which laws or rules bind you because of the data you handle",
        ["S13"] = "Say whether an office holds customer data",
    };

    public static IEnumerable<Sentence> Of(PaperGround ground, params IEnumerable<string> questions) => questions.SelectMany(question => Of(ground, question));

    private static IEnumerable<Sentence> Of(PaperGround ground, string question)
    {
        if (ground.Answered(question) is not { } answered)
        {
            yield return Sentence.Asked(question, Asks[question], "/answers");
            yield break;
        }

        foreach (var option in answered.Chosen)
            if (Words.TryGetValue($"{question}/{option.Id}", out var words))
                yield return Sentence.Drawn($"answer/{question}/{option.Id}", ground.FromAnswer(question), words);
        if (answered.Answer?.Note is { Length: > 0 } note)
            yield return Sentence.Drawn($"answer/{question}/note", ground.FromAnswer(question), Telling.Whole(note));
    }
}

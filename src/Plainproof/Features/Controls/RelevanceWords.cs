namespace Plainproof.Features.Controls;

/// <summary>How a proposal reads. It never sounds like a fact before the auditor agreed.</summary>
internal static class RelevanceWords
{
    public static string Short(RelevanceProposal proposal) => proposal.Answer switch
    {
        RelevanceAnswer.Agreed => "not relevant, auditor agreed",
        RelevanceAnswer.NotAgreed => "auditor does not agree that it is not relevant",
        _ => "proposed not relevant, auditor to agree",
    };

    public static string Long(RelevanceProposal proposal) => proposal.Answer switch
    {
        RelevanceAnswer.Agreed => "The auditor agreed that it is not relevant. The reason stands in the system description.",
        RelevanceAnswer.NotAgreed => "The auditor does not agree. It applies, and its gaps count. Withdraw the proposal.",
        _ => "You propose that it is not relevant. Your auditor has not agreed yet, so its gaps still count.",
    };
}

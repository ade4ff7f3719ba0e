using Plainproof.Facts;

namespace Plainproof.Checks.Code;

internal sealed class CommitsSigned : EachCheck<Commit>
{
    protected override Outcome Judge(Commit it, Given given) => PassWhen(it.Signature is SignatureState.Present or SignatureState.Verified);

    protected override string Say(Commit it, Dated about, Outcome outcome, Given given)
    {
        var what = $"{it.Sha[..Math.Min(10, it.Sha.Length)]} by {it.AuthorName}";
        return it.Signature switch
        {
            SignatureState.Verified => $"{what} is signed, and the signature holds.",
            SignatureState.Present => $"{what} is signed; the signature was not checked against a key you trust.",
            SignatureState.Bad => $"{what} bears a signature that does not hold.",
            _ => $"{what} is not signed.",
        };
    }
}

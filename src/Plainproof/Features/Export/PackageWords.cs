using System.Globalization;
using Plainproof.Evidence;

namespace Plainproof.Features.Export;

/// <summary>What a package says of itself to whoever opens it.</summary>
internal sealed class PackageWords(string title, PackageDays days, LogCut log, PackagePlan plan, string index)
{
    public const string TrustPolicy =
        """
        Fill this in before you check the package, and keep it with your working papers.
        Each line names something that must NOT come from the package.

        key        = the log's public key, one line; from the engagement letter or an earlier mail
        kept       = each checkpoint that you were sent before, with the day on which you got it
        authority  = the root certificate of each time-stamp authority, from its own site
        verifier   = where your copy of verify.py or plainproof came from

        """;

    public string Readme() => string.Create(CultureInfo.InvariantCulture,
        $"""
        Evidence of {title}

        This folder holds evidence that {title} hands over for a SOC 2 audit.
        It covers {days.Text}.
        You can check it without the program that wrote it, and without asking us.

        WHAT IS IN IT

        {index,-26}one line for each piece of evidence: start here
        data/log/                 the whole evidence log, with its time stamps
        data/blobs/               evidence as it was received, with a salt beside each
        data/proofs/              for each piece, a proof that the log has its entry
        data/populations/         complete lists: the rows, a table, and the entry in the log
        data/engagement.json      the engagement: the newest entry of the log that tells how it stands
        data/papers/              management's documents; the log holds the hash of each .json
        data/samples/             the samples that the auditor issued, with what the log committed to
        data/requests/            what the auditor asked for, how it went, and where the answers lie
        data/deviations/          management's own list of deviations, with every answer: no auditor's
                                  finding; open the .csv, the .json is for programs
        data/sarif, ocsf, oscal   management's own checks, for programs
        verify/verify.py          a short program that checks all of it: read it first

        HOW TO CHECK IT

        Get the log's key by another way than this folder. Here it is key.txt.
        Get the certificate of the time-stamp authority from its own site. Here it is ca.pem.
        Unpack a zip first. Open a terminal in this folder.

        1. Was a file damaged on the way?
           sha256sum -c tagmanifest-sha256.txt && sha256sum -c --quiet manifest-sha256.txt

        2. Is everything as it was logged? You need Python, nothing else.
           python3 verify/verify.py . --vkey key.txt --tsa-ca ca.pem

        3. Was the log there at the time? You need OpenSSL.
           {Stamp()}

        4. The same as 1 to 3, by the program itself.
           plainproof verify . --vkey key.txt --tsa-ca ca.pem

        Add --kept FILE to 2 and 4 for each checkpoint that you kept before.
        When a certificate has ended since, add -attime SECONDS to 3.
        Take verify.py from the project's own site when you do not trust this copy.

        WHAT A CLEAN CHECK SHOWS

        What you see is byte for byte what was logged, in that order.
        Nothing that a time stamp covers was changed, added or removed since.
        Each piece was written between the two times that the index gives.

        WHAT IT DOES NOT SHOW

        It does not show that a system or a person told the truth.
        It does not show that everything was logged. Ask how the lists were made.
        It does not show that a control works. That is yours to judge.
        The results in it are management's own checking. They are no tests of an auditor.
        The list of deviations is management's own too. The log has the entries behind it.
        A day that nobody looked at has no deviation in the list. It is no good day.
        Not tested means that nobody could look. It is never a pass.
        Which control a piece serves is the company's own word.
        The files for programs are covered by the checksums only.
        The checksums show damage. Whoever wrote this folder could have made them anew.

        Log: {log.Key.Name}
        Entries: {log.Size}. Root: {log.Root.ToBase64()}
        Evidence files: {plan.Items.DistinctBy(item => item.Digest).Count()}. Populations: {plan.Populations.Count}. Time stamps: {plan.Stamps.Count}.

        """);

    /// <summary>The newest stamp, ready to paste.</summary>
    private string Stamp() => plan.Stamps.Count == 0
        ? "This log has no outside time stamp, so no time is proven."
        : plan.Stamps[^1] is var (_, size, authority, _)
            ? string.Create(CultureInfo.InvariantCulture, $"openssl ts -verify -data data/log/checkpoints/{size}.note -in data/log/anchors/{size}.{authority}.tsr -CAfile ca.pem")
            : "";
}

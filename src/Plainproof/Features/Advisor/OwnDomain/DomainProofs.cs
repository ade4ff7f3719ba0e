using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Sources;
using Plainproof.Sources.Domain;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>
/// From a visitor's wish to a reading: the domain is named, the visitor agrees and shows to control it, by a DNS record or by a letter to one
/// of a few fixed addresses there. Before that nothing of the domain is asked but the record.
/// </summary>
internal sealed class DomainProofs(
    BrowserChallenge browser, DomainReadings readings, DomainTarget target, ProofCodes codes, DomainLimits limits, Letters letters, SiteLinks links, TimeProvider clock, ILogger<DomainProofs> log)
{
    /// <summary>Names that only whoever runs a domain has (RFC 2142, and what certificate authorities write to).</summary>
    public static readonly IReadOnlyList<string> Mailboxes = ["admin", "hostmaster", "postmaster", "security", "webmaster"];

    public bool CanSendLetters => letters.CanSend;

    public Challenge? Current => target.IsOffered ? browser.Read() : null;

    public DomainReading? Reading => readings.Find(Current);

    /// <summary>What was seen, for the result; null when nothing was, or it is gone.</summary>
    public SeenDomain? Seen => Reading?.Seen;

    public bool IsProven => Current?.IsProven(clock.GetUtcNow()) == true;

    /// <summary>Where the newest letter went; null when none is open.</summary>
    public string? LetterSentTo => Current is { } challenge ? codes.SentTo(challenge) : null;

    /// <summary>A new domain takes the place of the one before, with its proof and its result.</summary>
    /// <exception cref="BadInput">All that is wrong with what was typed.</exception>
    public void Begin(string typedDomain, string typedSelectors, bool agreed)
    {
        var problems = new List<string>();
        var (domain, problem) = DomainProof.Examine(typedDomain);
        if (problem is not null)
            problems.Add(problem);
        IReadOnlyList<string> selectors = [];
        try
        {
            selectors = target.Selectors(typedSelectors);
        }
        catch (BadInput bad)
        {
            problems.AddRange(bad.Problems);
        }

        if (!agreed)
            problems.Add("Tick the box: the domain is read only when you agree.");
        if (problems.Count > 0)
            throw new BadInput(problems);
        var before = browser.Read();
        if (before is not null && before.Domain == domain)
        {
            browser.Write(before with { Selectors = selectors }); // The record that may be in the DNS already stays good.
            return;
        }

        if (before is not null)
            Drop(before);
        browser.Write(Challenge.New(domain!, selectors, clock.GetUtcNow()));
    }

    /// <summary>Looks for the record and starts to read when it is there.</summary>
    /// <exception cref="BadInput">It is not there, or nobody can tell.</exception>
    public async Task ByRecordAsync(HttpContext context, CancellationToken stop)
    {
        var challenge = Needed();
        if (!limits.MayLook(context, challenge.Domain))
            throw new BadInput("You looked often in the last hour. DNS is slow: wait a while, then look again.");
        try
        {
            switch (await DomainProof.LookAsync(target.For(challenge.Domain, []), challenge.Text, stop))
            {
                case ProofSeen.Nothing:
                    throw new BadInput("The record is not there yet. Nothing of the domain was read. A new record takes a few minutes to be seen, sometimes an hour. Then look again.");
                case ProofSeen.OtherText:
                    throw new BadInput("There is a record with that name, and its text is another one. Nothing of the domain was read. Copy the text below once more: each browser has its own.");
            }
        }
        catch (CannotRead e)
        {
            log.LogWarning("The proof of a domain could not be looked for: {Why}", e.Message);
            throw new BadInput($"The DNS could not be asked just now, so nothing was read. {e.Message} Try again in a moment.");
        }

        ReadProven(context, challenge);
    }

    /// <exception cref="BadInput">No letter was sent.</exception>
    public async Task SendLetterAsync(HttpContext context, string mailbox, CancellationToken stop)
    {
        var challenge = Needed();
        if (!CanSendLetters)
            throw new BadInput("This site cannot send letters. Use the DNS record.");
        if (!Mailboxes.Contains(mailbox))
            throw new BadInput("Choose one of the addresses.");
        if (!limits.MaySendLetter(context, challenge.Domain))
            throw new BadInput("Enough letters were sent for now, by your network or to this domain. Use the DNS record, or come back tomorrow.");
        var address = $"{mailbox}@{challenge.Domain}";
        var code = codes.Make(challenge, address);
        if (await letters.SendAsync(address, $"Your code to read {challenge.Domain}", TextOf(challenge, code), stop) is not { } problem)
            return;
        codes.Drop(challenge);
        log.LogWarning("The letter with a code could not be sent: {Problem}", problem);
        throw new BadInput("The letter could not be sent. Use the DNS record, or try again later.");
    }

    /// <exception cref="BadInput">The code is not the one of the newest letter that this browser asked for.</exception>
    public void ByCode(HttpContext context, string code)
    {
        var challenge = Needed();
        if (!codes.Use(challenge, code))
            throw new BadInput("That code does not work here. It works once, for an hour, and only in the browser that asked for the letter. Only the newest letter counts. Ask for another one.");
        ReadProven(context, challenge);
    }

    /// <summary>Reads once more while the proof holds.</summary>
    /// <exception cref="BadInput">The proof is too old, or too much is read already.</exception>
    public void ReadAgain(HttpContext context) => readings.Start(Needed(), () => limits.MayRead(context, Needed().Domain));

    public void Forget()
    {
        if (browser.Read() is { } challenge)
            Drop(challenge);
        browser.Forget();
    }

    private void Drop(Challenge challenge)
    {
        readings.Forget(challenge);
        codes.Drop(challenge);
    }

    private void ReadProven(HttpContext context, Challenge challenge)
    {
        var proven = challenge with { ProvenAt = clock.GetUtcNow() };
        browser.Write(proven);
        readings.Start(proven, () => limits.MayRead(context, challenge.Domain));
    }

    private Challenge Needed() => Current ?? throw new BadInput("What you began is too old, or began in another browser. Type the domain again.");

    private string TextOf(Challenge challenge, string code) => $"""
        Somebody asked {links.At("/")} to read what {challenge.Domain} shows to
        everybody on the internet: DNS, TLS, web headers and mail servers.

        Was it you? Open this link in the browser where you asked:

        {links.At($"{ProvePage.Address}?code={code}")}

        Or type this code there: {code}

        It works once, for an hour. Was it not you? Then do nothing. Without
        the code nothing of the domain is read.

        """;
}

using System.Net;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Asks each mail server of the domain whether and how it encrypts. A blocked port is no verdict.</summary>
internal static class MailReader
{
    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        var mail = await MailHosts.FindAsync(run, dns);
        if (mail.TakesNoMail)
            return AspectRead.ProvenEmpty(dns.Evidence, "The domain takes no mail.");
        var read = await run.EachAsync(dns.Evidence, mail.Hosts, host => host, async (host, stop) =>
        {
            var found = await HostFinder.FindAsync(dns, host, run.Settings.Private);
            return await ReadOneAsync(run, dns.Evidence, found, stop);
        });
        return mail.Left == 0 ? read : read with
        {
            State = Completeness.Partial,
            Expected = read.Expected + mail.Left,
            Why = $"{read.Why} {mail.Left} more mail servers were not asked.".TrimStart(),
        };
    }

    private static async Task<Seen> ReadOneAsync(DomainRun run, Evidence evidence, HostAddresses host, CancellationToken stop)
    {
        var port = run.Settings.SmtpPort;
        var (line, talk, offered) = await GreetAsync(run, host, port, evidence, stop);
        using (line)
        {
            var started = offered && await talk.StartTlsAsync(stop);
            if (!started)
            {
                await talk.QuitAsync(stop);
                return SeenAs(new MailServer(host.Host, port, line.Address, false, [], Problem: offered ? "It offers STARTTLS and then refuses to start." : null), evidence, talk);
            }
        }

        Task<Line> Open(CancellationToken inTime) => OpenTlsAsync(run, host, port, evidence, inTime);
        var versions = await TlsProbe.AskAllAsync(host.Host, port, Open, evidence, run.Settings.Timeout, stop);
        var (certificate, _) = await CertificateReader.ReadAsync(host.Host, port, Open, run, evidence, stop);
        return SeenAs(new MailServer(host.Host, port, line.Address, true, versions.Accepts, certificate), evidence, talk);
    }

    private static async Task<(Line Line, SmtpTalk Talk, bool Offered)> GreetAsync(
        DomainRun run, HostAddresses host, int port, Evidence evidence, CancellationToken stop)
    {
        var (client, address) = await Connector.ConnectAsync(host, port, run.Settings.Timeout, stop);
        var line = new Line(client.GetStream(), address.ToString(), client);
        var talk = new SmtpTalk(line, host.Host, port);
        try
        {
            run.Called(new Call("SMTP EHLO"));
            return (line, talk, await talk.GreetAsync(((IPEndPoint)client.Client.LocalEndPoint!).Address, stop));
        }
        catch (Exception)
        {
            evidence.Add(new { smtp = $"{host.Host}:{port}", talk = talk.Said });
            line.Dispose();
            throw;
        }
    }

    private static async Task<Line> OpenTlsAsync(DomainRun run, HostAddresses host, int port, Evidence evidence, CancellationToken stop)
    {
        var (line, talk, _) = await GreetAsync(run, host, port, evidence, stop);
        if (await talk.StartTlsAsync(stop))
            return line;
        line.Dispose();
        throw new CannotRead(Completeness.Throttled, $"{host.Host} stopped starting TLS after some connections.", "Try again later.");
    }

    private static Seen SeenAs(MailServer fact, Evidence evidence, SmtpTalk talk) =>
        new("mail", fact.Host, fact, evidence.Add(new { smtp = $"{fact.Host}:{fact.Port}", talk = talk.Said }));
}

using System.Net;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>The first steps of SMTP, up to where TLS starts (RFC 5321, RFC 3207). No mail is ever offered.</summary>
internal sealed class SmtpTalk(Line line, string host, int port)
{
    private const int MaxLine = 1000;
    private const int MaxLines = 100;
    private readonly List<string> _said = [];

    /// <summary>Both sides, line by line, for the evidence.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <summary>True when the server offers STARTTLS.</summary>
    /// <exception cref="CannotRead">It greets with a refusal, hangs up, or is no mail server.</exception>
    public async Task<bool> GreetAsync(IPAddress ownAddress, CancellationToken stop)
    {
        Require(await ReplyAsync(stop), 220, "did not greet as a mail server");
        var offers = await AskAsync($"EHLO [{(ownAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IPv6:" : "")}{ownAddress}]", stop);
        Require(offers, 250, "refused to talk");
        return offers.Skip(1).Any(offer => offer.Length > 4 && offer[4..].Trim().Equals("STARTTLS", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True when the next byte may be TLS.</summary>
    public async Task<bool> StartTlsAsync(CancellationToken stop) => CodeOf(await AskAsync("STARTTLS", stop)) == 220;

    /// <summary>Takes leave politely; a server that is already gone does not matter.</summary>
    public Task QuitAsync(CancellationToken stop) => SendAsync("QUIT", stop);

    private async Task<List<string>> AskAsync(string command, CancellationToken stop)
    {
        await SendAsync(command, stop);
        return await ReplyAsync(stop);
    }

    private async Task SendAsync(string command, CancellationToken stop)
    {
        _said.Add($"> {command}");
        try
        {
            await line.Stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), stop);
        }
        catch (IOException e)
        {
            throw HungUp(e);
        }
    }

    private async Task<List<string>> ReplyAsync(CancellationToken stop)
    {
        var reply = new List<string>();
        do
            reply.Add(await LineAsync(stop));
        while (reply[^1] is [_, _, _, '-', ..] && reply.Count < MaxLines);
        return reply;
    }

    /// <summary>Reads byte by byte, so that nothing of what follows STARTTLS is taken.</summary>
    private async Task<string> LineAsync(CancellationToken stop)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        try
        {
            while (text.Length < MaxLine && await line.Stream.ReadAsync(one, stop) == 1)
            {
                if (one[0] == '\n')
                {
                    _said.Add($"< {text}");
                    return text.ToString();
                }

                if (one[0] != '\r')
                    text.Append(one[0] is >= 32 and < 127 ? (char)one[0] : '?');
            }
        }
        catch (IOException e)
        {
            throw HungUp(e);
        }

        _said.Add($"< {text}");
        throw text.Length < MaxLine ? HungUp(null) : Unfit($"did not greet as a mail server (it sent a line of over {MaxLine} bytes)");
    }

    private void Require(List<string> reply, int code, string otherwise)
    {
        if (CodeOf(reply) != code)
            throw Unfit($"{otherwise}: {TagList.Short(reply[0])}");
    }

    private static int CodeOf(List<string> reply) => reply[^1].Length >= 3 && int.TryParse(reply[^1].AsSpan(0, 3), out var code) ? code : 0;

    private CannotRead Unfit(string what) => new(
        Completeness.Denied, $"{host} on port {port} {what}.", "Some mail servers refuse unknown senders. Try from another network, or give the right port: smtp-port=25");

    private CannotRead HungUp(Exception? cause) => new(
        Completeness.Unreachable, $"{host} ended the connection on port {port} in mid-talk.", "Try again later, or from another network.", cause);
}

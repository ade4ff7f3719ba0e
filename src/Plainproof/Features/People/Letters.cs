using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Plainproof.Storage;

namespace Plainproof.Features.People;

/// <summary>Sends letters by the mail server that is configured. Without one, pages show what they would have sent.</summary>
internal sealed class Letters(DataFolder data)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public bool CanSend => data.Mail is not null;

    /// <returns>Null when the server took it; otherwise why not, in words.</returns>
    public async Task<string?> SendAsync(string to, string subject, string text, CancellationToken stop)
    {
        if (data.Mail is not { } mail)
            return "No mail server is set up here.";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            using var letter = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } };
            letter.From.Add(MailboxAddress.Parse(mail.From));
            letter.To.Add(MailboxAddress.Parse(to));
            await SendAsync(mail, letter, limit.Token);
            return null;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or MailKit.ProtocolException or MailKit.CommandException or AuthenticationException or SslHandshakeException or NotSupportedException or ParseException)
        {
            return $"The mail server {mail.Host} did not take it: {e.Message}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"The mail server {mail.Host} did not answer within {Patience.TotalSeconds:0} seconds.";
        }
    }

    private static async Task SendAsync(MailSettings mail, MimeMessage letter, CancellationToken stop)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(mail.Host, mail.Port, mail.Encryption switch
        {
            MailEncryption.Tls => SecureSocketOptions.SslOnConnect,
            MailEncryption.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, stop);
        if (mail.User is not null)
            await client.AuthenticateAsync(mail.User, mail.Password ?? "", stop);
        await client.SendAsync(letter, stop);
        await client.DisconnectAsync(quit: true, stop);
    }
}

using System.Text;

namespace Plainproof.Sources.Directories.Wire;

/// <summary>How a question ended, RFC 4511 section 4.1.9 and appendix A. Codes that we treat alike have no name.</summary>
internal enum ResultCode
{
    Success = 0,
    OperationsError = 1,
    ProtocolError = 2,
    TimeLimitExceeded = 3,
    SizeLimitExceeded = 4,
    CompareFalse = 5,
    CompareTrue = 6,
    AuthMethodNotSupported = 7,
    StrongAuthRequired = 8,
    Referral = 10,
    AdminLimitExceeded = 11,
    UnavailableCriticalExtension = 12,
    ConfidentialityRequired = 13,
    NoSuchAttribute = 16,
    UndefinedAttributeType = 17,
    NoSuchObject = 32,
    InvalidDnSyntax = 34,
    InappropriateAuthentication = 48,
    InvalidCredentials = 49,
    InsufficientAccessRights = 50,
    Busy = 51,
    Unavailable = 52,
    UnwillingToPerform = 53,
    Other = 80,
}

/// <summary>One message as it was received (RFC 4511 section 4.1.1); the bytes are never overwritten.</summary>
/// <param name="Id">0 for what nobody asked for.</param>
/// <param name="Operation">Which of the <see cref="Tag"/>s it is.</param>
/// <param name="Body">The content of the operation.</param>
/// <param name="Controls">The content of the controls; empty when there are none.</param>
internal readonly record struct Message(byte[] Bytes, int Id, byte Operation, Piece Body, Piece Controls)
{
    /// <exception cref="BadAnswer">The bytes are no such message.</exception>
    public static Message Parse(byte[] bytes, Piece content)
    {
        var reader = new BerReader(bytes, content);
        var id = reader.ReadNumber(Tag.Integer);
        var body = reader.ReadAny(out var operation);
        return new Message(bytes, id, operation, body, reader.AtEnd ? default : reader.Read(Tag.Controls));
    }
}

/// <summary>The end of an answer: how it went, and what stands beside that.</summary>
/// <param name="Said">The directory's own words; empty when it said none.</param>
/// <param name="Value">What an extended operation gave back.</param>
/// <param name="Cookie">Where the next page begins (RFC 2696); empty when there is none.</param>
internal sealed record Answer(ResultCode Code, string Said, string? Name, byte[]? Value, byte[] Cookie)
{
    private const string PagedResults = "1.2.840.113556.1.4.319";

    public static Answer Parse(Message message)
    {
        var bytes = message.Bytes.AsSpan();
        var reader = new BerReader(bytes, message.Body);
        var code = (ResultCode)reader.ReadNumber(Tag.Enumerated);
        reader.Read(Tag.OctetString);
        var said = Text(bytes, reader.Read(Tag.OctetString));
        var (name, value) = ((string?)null, (byte[]?)null);
        while (!reader.AtEnd)
        {
            var piece = reader.ReadAny(out var tag);
            if (tag == Tag.ResponseName)
                name = Text(bytes, piece);
            else if (tag == Tag.ResponseValue)
                value = bytes.Slice(piece.Start, piece.Length).ToArray();
        }

        return new Answer(code, said, name, value, CookieIn(message));
    }

    private static byte[] CookieIn(Message message)
    {
        var bytes = message.Bytes.AsSpan();
        var controls = new BerReader(bytes, message.Controls);
        while (!controls.AtEnd)
        {
            var control = new BerReader(bytes, controls.Read(Tag.Sequence));
            if (Text(bytes, control.Read(Tag.OctetString)) != PagedResults)
                continue;
            if (control.Is(Tag.Boolean))
                control.Read(Tag.Boolean);
            var value = new BerReader(bytes, new BerReader(bytes, control.Read(Tag.OctetString)).Read(Tag.Sequence));
            value.Read(Tag.Integer);
            var cookie = value.Read(Tag.OctetString);
            return bytes.Slice(cookie.Start, cookie.Length).ToArray();
        }

        return [];
    }

    private static string Text(ReadOnlySpan<byte> bytes, Piece piece) => Encoding.UTF8.GetString(bytes.Slice(piece.Start, piece.Length));
}

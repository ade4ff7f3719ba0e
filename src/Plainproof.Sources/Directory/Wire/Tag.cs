namespace Plainproof.Sources.Directories.Wire;

/// <summary>The first byte of each element that LDAP uses, RFC 4511 appendix B.</summary>
internal static class Tag
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Boolean = 0x01;
    public const byte Enumerated = 0x0a;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    public const byte BindResponse = 0x61;
    public const byte SearchResultEntry = 0x64;
    public const byte SearchResultDone = 0x65;
    public const byte CompareResponse = 0x6f;
    public const byte SearchResultReference = 0x73;
    public const byte ExtendedResponse = 0x78;
    public const byte IntermediateResponse = 0x79;

    public const byte Controls = 0xa0;
    public const byte Referral = 0xa3;
    public const byte ServerCredentials = 0x87;
    public const byte ResponseName = 0x8a;
    public const byte ResponseValue = 0x8b;
}

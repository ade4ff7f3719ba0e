using System.Formats.Asn1;
using Plainproof.Sources.Directories.Wire;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>Search filters as bytes, held against RFC 4511 section 4.5.1.7 by hand.</summary>
public sealed class DirectoryFilterTests
{
    [Theory]
    [InlineData("(cn=*)", "8702636e")]
    [InlineData("(uid=ann)", "a30a04037569640403616e6e")]
    [InlineData("(uid=)", "a30704037569640400")]
    [InlineData("(c>=1)", "a506040163040131")]
    [InlineData("(c<=1)", "a606040163040131")]
    [InlineData("(c~=1)", "a806040163040131")]
    [InlineData("(cn=a*b*c)", "a40f0402636e3009800161810162820163")]
    [InlineData("(cn=*b*)", "a4090402636e3003810162")]
    [InlineData("(cn=a*)", "a4090402636e3003800161")]
    [InlineData("(cn=*c)", "a4090402636e3003820163")]
    [InlineData("(!(a=b))", "a208a306040161040162")]
    [InlineData("(&(a=b)(c>=1))", "a010a306040161040162a506040163040131")]
    [InlineData("(|(a=b)(!(c=*)))", "a10da306040161040162a203870163")]
    [InlineData("(&)", "a000")]
    [InlineData("(a=\\2a\\28\u00fc)", "a3090401610404" + "2a28c3bc")]
    [InlineData("(a=b=c,d=e)", "a30c0401610407623d632c643d65")]
    [InlineData("(a:1.2.803:=2)", "a90f8107312e322e383033820161830132")]
    [InlineData("(a:dn:1.2:=x)", "a90e8103312e328201618301788401ff")]
    [InlineData("(a:dn:=x)", "a9098201618301788401ff")]
    [InlineData("(a:=x)", "a906820161830178")]
    [InlineData("(:1.2:=x)", "a9088103312e32830178")]
    public void A_filter_becomes_these_bytes(string text, string bytes)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        Filter.Write(text, writer);

        Assert.Equal(bytes, Convert.ToHexStringLower(writer.Encode()));
    }

    [Theory]
    [InlineData("uid=ann", "a '(' is missing")]
    [InlineData("(uid=ann", "a closing bracket is missing")]
    [InlineData("(uid=ann))", "there is more after its end")]
    [InlineData("(&(uid=ann)", "a ')' is missing")]
    [InlineData("(uid)", "an equals sign is missing")]
    [InlineData("(=ann)", "an equals sign is missing")]
    [InlineData("(uid=\\2)", "a backslash needs two")]
    [InlineData("(uid=\\zz)", "a backslash needs two")]
    [InlineData("(u*d=ann)", "holds what it may not")]
    [InlineData("(:dn:=ann)", "a matching rule or an attribute is missing")]
    public void What_is_no_filter_is_refused_with_the_reason(string text, string why)
    {
        var wrong = Assert.Throws<FormatException>(() => Filter.Write(text, new AsnWriter(AsnEncodingRules.BER)));

        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
    }
}

using System.Text;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class NoteTests
{
    private static readonly LogKey Key = LogKey.Create("plainproof/acme/1");
    private static readonly LogKey Other = LogKey.Create("witness.example");
    private static readonly Checkpoint Some = new("plainproof/acme/1", 7, Hash.OfBytes("x"u8));

    [Fact]
    public void A_signed_checkpoint_opens_with_its_key()
    {
        Assert.Equal(Some, Open(Key.Sign(Some.ToText())));
        Assert.Equal(Key.Public.ToString(), NoteKey.Parse(Key.Public.ToString()).ToString());
        Assert.Equal(Key.Public.ToString(), LogKey.Parse(Key.ToPrivateLine()).Public.ToString());
    }

    /// <summary>The example key and note of the C2SP and Go documentation, made by other software.</summary>
    [Fact]
    public void A_note_made_by_Go_opens()
    {
        var key = NoteKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        var note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
            + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

        Assert.StartsWith("If you think", SignedNote.Open(Encoding.UTF8.GetBytes(note), key), StringComparison.Ordinal);
        Assert.Throws<NoteException>(() => SignedNote.Open(Encoding.UTF8.GetBytes(note.Replace("think", "thunk")), key));
    }

    [Fact]
    public void Unknown_signers_are_passed_over_but_a_bad_signature_of_a_known_key_rejects()
    {
        var note = Key.Sign(Some.ToText());
        var otherLine = Other.Sign(Some.ToText()).Split("\n\n")[1];
        var badLine = Key.Sign("another text\n").Split("\n\n")[1];

        Assert.Equal(Some, Open(note.Replace("\n\n", "\n\n" + otherLine)));
        Assert.Equal(Some, Open(note + string.Concat(Enumerable.Repeat(otherLine, 15))));
        Assert.Throws<NoteException>(() => Open(note.Replace("\n\n", "\n\n" + badLine)));
        Assert.Throws<NoteException>(() => Open(Other.Sign(Some.ToText())));
    }

    public static TheoryData<string> BadNotes
    {
        get
        {
            var note = Key.Sign(Some.ToText());
            return
            [
                "", "\n", "\n\n", "text\n", Some.ToText(), note.TrimEnd('\n'), note + "\n", note + "not a signature\n",
                note.Replace("\n7\n", "\n07\n"), note.Replace("\n7\n", "\n8\n"), note.Replace("plainproof", "plain\tproof"),
                note.Replace("\n7\n", "\r\n7\n"), note.Replace("\u2014", "-"), note.Replace("=\n", "\n"), note.Replace("\n7\n", "\n7\n\0"),
                note + string.Concat(Enumerable.Repeat(Other.Sign("x\n").Split("\n\n")[1], 120)),
                Key.Sign("plainproof/acme/2\n7\n" + Some.Root.ToBase64() + "\n"), Key.Sign("plainproof/acme/1\n-7\n" + Some.Root.ToBase64() + "\n"),
                Key.Sign("plainproof/acme/1\n7\nAAAA\n"), Key.Sign("plainproof/acme/1\n7\n"),
            ];
        }
    }

    [Theory, MemberData(nameof(BadNotes))]
    public void What_is_not_exactly_a_signed_checkpoint_is_rejected(string note)
    {
        Assert.Throws<NoteException>(() => Open(note));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_rejected()
    {
        var note = Encoding.UTF8.GetBytes(Key.Sign(Some.ToText()));

        Assert.Throws<NoteException>(() => Checkpoint.Open([0xFF, .. note], Key.Public));
    }

    [Theory]
    [InlineData(""), InlineData("a+b"), InlineData("a+00000000+AQ=="), InlineData("x y+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpQ2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void A_damaged_key_line_is_rejected(string vkey)
    {
        Assert.Throws<NoteException>(() => NoteKey.Parse(vkey));
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\nx"), InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\nx"), InlineData("c2sp.org/tlog-proof@v1\n\nx")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\nx"), InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx"), InlineData("index 1")]
    public void A_malformed_proof_is_rejected(string text)
    {
        Assert.Throws<NoteException>(() => TlogProof.Parse(text));
    }

    private static Checkpoint Open(string note) => Checkpoint.Open(Encoding.UTF8.GetBytes(note), Key.Public);
}

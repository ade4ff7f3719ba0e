namespace Plainproof.Features.Stamps;

/// <summary>How stamps and checkpoints are told.</summary>
internal static class StampWords
{
    public const string HowToConfigure = """{"timestampAuthorities": [{"name": "first", "address": "https://tsa.example/tsr", "roots": "first.pem"}, {"name": "second", "address": "https://other.example", "roots": "second.pem"}]}""";

    public const string HowToCopy = """{"copy": {"s3": "https://s3.example.com", "bucket": "evidence", "region": "us-east-1", "accessKeyFile": "copy.access", "secretKeyFile": "copy.secret", "prefix": "", "keepDays": 2555, "mode": "compliance"}}""";

    public static string Letter(string company, LogState state) =>
        $"""
        This is the newest checkpoint of the evidence log of {company}. It has {state.Size} entries.

        Keep this letter. When you later receive the log, this text must be the checkpoint of its first {state.Size} entries.
        If it is not, somebody has rewritten the log, and you can show it with this letter.

        {state.Note}

        To check a log that you were given:  plainproof verify FOLDER
        The folder has the checkpoint of {state.Size} entries as log/checkpoints/{state.Size}.note, when it was stamped.
        """;
}

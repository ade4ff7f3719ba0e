namespace Plainproof.Evidence;

/// <summary>Where the files of one company's evidence lie. Paths only; nothing is created here.</summary>
public sealed record CompanyFolder
{
    /// <exception cref="ArgumentException">The company cannot name a log.</exception>
    public CompanyFolder(string company, string root)
    {
        if (!IsCompany(company))
            throw new ArgumentException($"'{company}' cannot name a company: use letters, digits, '-', '_' and '.'", nameof(company));
        (Company, Root) = (company, System.IO.Path.GetFullPath(root));
    }

    internal static bool IsCompany(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public string Company { get; }

    public string Root { get; }

    public string Log => Path.Combine(Root, "log");

    public string Blobs => Path.Combine(Root, "blobs", "sha256");

    public string Blob(Hash digest) => Path.Combine(Blobs, digest.ToString()[..2], digest.ToString());
}

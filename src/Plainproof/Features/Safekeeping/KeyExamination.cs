using Plainproof.Evidence;
using Plainproof.Features.Systems;
using Plainproof.Storage;

namespace Plainproof.Features.Safekeeping;

/// <summary>Whether the keys are there that the company's log and evidence need, and what losing them costs.</summary>
internal static class KeyExamination
{
    public static IEnumerable<Finding> Run(DataFolder folder, string company)
    {
        var keys = new KeyFolder(folder.Keys);
        var root = new CompanyFolder(company, folder.CompanyRoot(company));
        yield return Key(
            keys.LogKeyFile(company), $"the log of {company}", File.Exists(Path.Combine(root.Log, "checkpoint")),
            "Without it nothing new can be signed into this log.", "What was signed stays valid.");
        yield return Key(
            keys.VaultKeyFile(company), $"the sealed evidence of {company}", Directory.Exists(root.Blobs) && Directory.EnumerateDirectories(root.Blobs).Any(),
            "Without it nobody can open that evidence again.", "No one else holds a copy.");
    }

    /// <param name="sealed">How many connected systems have a secret in a closed box.</param>
    public static Finding OfSystems(DataFolder folder, string company, long @sealed) => Key(
        new SecretBox(folder, company).KeyFile, $"the secrets of {company}'s connected systems", @sealed > 0,
        "Without it no secret can be opened, and systems that need one are not read.", "The secrets can be typed again.");

    private static Finding Key(string file, string of, bool needed, string cost, string comfort) =>
        File.Exists(file) ? Finding.Fine($"The key for {of} is there. {cost} {comfort} Keep a backup elsewhere: plainproof backup FILE.", file)
        : needed ? new Finding(FindingState.Broken, $"The key for {of} is missing. {cost}", file, "Put the file back from your backup.")
        : Finding.Fine($"There is no key for {of} yet. It is made when it is first needed.", file);
}

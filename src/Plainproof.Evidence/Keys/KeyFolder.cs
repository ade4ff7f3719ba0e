using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// The keys of an installation: one log key and one vault key for each company, in files that only their owner can read.
/// </summary>
public sealed class KeyFolder(string folder)
{
    private const int VaultKeyBytes = 32;

    public string Folder { get; } = Path.GetFullPath(folder);

    public string LogKeyFile(string company) => Path.Combine(Folder, $"{company}.log.key");

    public string VaultKeyFile(string company) => Path.Combine(Folder, $"{company}.vault.key");

    /// <summary>The key that signs the company's log. It is made only while there is no log that another key signed.</summary>
    /// <exception cref="EvidenceException">Missing, unreadable or damaged, with what that costs.</exception>
    internal LogKey LogKey(string company, bool mayCreate)
    {
        var path = LogKeyFile(company);
        if (mayCreate) CreateOnce(path, () => Evidence.LogKey.Create($"plainproof/{company}/{Guid.NewGuid():D}").ToPrivateLine() + "\n");
        try
        {
            return Evidence.LogKey.Parse(Read(path, LogKeyCost));
        }
        catch (NoteException damaged)
        {
            throw new EvidenceException($"{path}: {damaged.Message}. {LogKeyCost}", damaged);
        }
    }

    /// <summary>The key that wraps the key of each blob. It is made only while there are no blobs.</summary>
    /// <exception cref="EvidenceException">Missing, unreadable or damaged, with what that costs.</exception>
    internal byte[] VaultKey(string company, bool mayCreate)
    {
        var path = VaultKeyFile(company);
        if (mayCreate) CreateOnce(path, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(VaultKeyBytes)) + "\n");
        return StrictBase64.TryDecode(Read(path, VaultKeyCost).Trim(), out var key) && key.Length == VaultKeyBytes
            ? key
            : throw new EvidenceException($"{path}: the file does not hold a vault key of {VaultKeyBytes} bytes. {VaultKeyCost}");
    }

    private const string LogKeyCost =
        "Without this key nothing new can be signed into this log; what was signed stays valid. Put the file back from your backup";

    private const string VaultKeyCost =
        "Without this key the sealed evidence cannot be opened by anyone. Put the file back from your backup";

    private void CreateOnce(string path, Func<string> content)
    {
        if (File.Exists(path)) return;
        DurableFile.CreateFolder(Folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DurableFile.TryCreate(path, Encoding.UTF8.GetBytes(content()), secret: true);
    }

    private static string Read(string path, string cost)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException(
                $"{path}: the key cannot be read ({(File.Exists(path) ? unreadable.Message : "there is no such file")}). {cost}", unreadable);
        }
    }
}

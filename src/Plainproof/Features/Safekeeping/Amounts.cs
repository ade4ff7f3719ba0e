using Plainproof.Storage.Archives;

namespace Plainproof.Features.Safekeeping;

/// <summary>How much a backup holds, in words.</summary>
internal static class Amounts
{
    public static string Of(Manifest manifest)
    {
        var companies = manifest.Companies.Count == 1 ? "1 company" : $"{manifest.Companies.Count} companies";
        var files = manifest.Files.Count == 1 ? "1 file" : $"{manifest.Files.Count} files";
        return $"{companies}, {files}, {Bytes(manifest.Files.Sum(file => file.Bytes))}";
    }

    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes} bytes",
        < 1 << 20 => $"{bytes / 1024.0:0.#} KB",
        < 1 << 30 => $"{bytes / 1048576.0:0.#} MB",
        _ => $"{bytes / 1073741824.0:0.#} GB",
    };
}

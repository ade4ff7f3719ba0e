using System.Buffers.Binary;
using System.Globalization;
using Plainproof.Evidence;

namespace Plainproof.Assurance.Samples;

/// <summary>How an auditor chooses items of a frozen list.</summary>
internal enum SampleMethod
{
    /// <summary>By chance: every row has the same chance.</summary>
    Random,

    /// <summary>Every so-manieth row, from a start by chance.</summary>
    Systematic,

    /// <summary>The rows that the auditor names.</summary>
    Targeted,

    /// <summary>Every row.</summary>
    All,
}

/// <summary>
/// Which rows a sample has. It follows from the root of the frozen list, the number of its rows and the seed alone, by the rule of
/// docs/manual/samples.md, so that anybody can repeat it with another program. Pure.
/// </summary>
internal static class Draw
{
    private const string Rule = "plainproof-sample/1";

    /// <summary>Rows in the order of their hashes. A larger sample with the same seed begins with the smaller one.</summary>
    /// <param name="root">Of the frozen list, in lower-case hexadecimal.</param>
    /// <param name="skipped">How many of that order an earlier sample has.</param>
    /// <returns>Numbers from 1, in the order they were drawn.</returns>
    public static IReadOnlyList<int> Random(string root, int rows, string seed, int size, int skipped = 0) =>
        [.. Enumerable.Range(1, rows).OrderBy(row => HashOf(root, seed, row.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal).Skip(skipped).Take(size)];

    /// <summary>Rows at even steps; past the last row it goes on with the first.</summary>
    /// <returns>Numbers from 1, in the order of the steps.</returns>
    public static IReadOnlyList<int> Systematic(string root, int rows, string seed, int size)
    {
        if (rows == 0)
            return [];
        var start = (long)(BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(HashOf(root, seed, "start"))) % (ulong)rows);
        return [.. Enumerable.Range(0, Math.Min(size, rows)).Select(step => (int)((start + ((long)step * rows / Math.Min(size, rows))) % rows) + 1)];
    }

    private static string HashOf(string root, string seed, string what) => Hash.OfBytes(System.Text.Encoding.UTF8.GetBytes($"{Rule}\n{root}\n{seed}\n{what}\n")).ToString();
}

using System.Globalization;

namespace Plainproof.Evidence;

/// <summary>
/// One tile or entry bundle and where C2SP tlog-tiles puts it. <see cref="Width"/> is 1 to 256; less than 256 is a partial tile.
/// </summary>
internal readonly record struct TileId(int Level, long Index, int Width)
{
    public const int FullWidth = 256;
    public const int EntriesLevel = -1;

    public bool IsFull => Width == FullWidth;

    /// <summary>Relative to the log folder, with '/' between the parts: <c>tile/0/x001/234.p/17</c>.</summary>
    public string Path => IsFull ? FullPath : $"{FullPath}.p/{Width.ToString(CultureInfo.InvariantCulture)}";

    public string FullPath
    {
        get
        {
            var level = Level == EntriesLevel ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            var number = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
                number = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{number}";
            return $"tile/{level}/{number}";
        }
    }

    /// <summary>How many hashes a tree of this size has on this level of tiles: one for each complete subtree of 256^level leaves.</summary>
    public static long CountAt(int level, long size) => level >= 8 ? 0 : size >> (8 * level);

    /// <summary>Every tile of a tree of this size, level by level, the entry bundles first.</summary>
    public static IEnumerable<TileId> All(long size)
    {
        foreach (var bundle in Row(EntriesLevel, size)) yield return bundle;
        for (var level = 0; CountAt(level, size) > 0; level++)
        {
            foreach (var tile in Row(level, CountAt(level, size))) yield return tile;
        }
    }

    private static IEnumerable<TileId> Row(int level, long count)
    {
        for (long index = 0; index * FullWidth < count; index++)
            yield return new TileId(level, index, (int)Math.Min(FullWidth, count - (index * FullWidth)));
    }
}

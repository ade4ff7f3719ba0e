using System.Text;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class TreeTests
{
    private static readonly Hash[] Leaves = [.. Enumerable.Range(0, 70_123).Select(n => Rfc6962.Leaf(Encoding.UTF8.GetBytes($"entry {n}")))];

    /// <summary>RFC 6962 section 2.1, word for word: the definition that everything else is held against.</summary>
    private static Hash Definition(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length == 0) return Hash.OfBytes([]);
        if (leaves.Length == 1) return leaves[0];
        var split = 1;
        while (split * 2 < leaves.Length) split *= 2;
        return Rfc6962.Node(Definition(leaves[..split]), Definition(leaves[split..]));
    }

    public static TheoryData<int> Sizes => [0, 1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 1000, 65536, 70123];

    /// <summary>Reference values published with RFC 6962 implementations: the empty root, and the root of one empty entry.</summary>
    [Fact]
    public void The_hashes_are_those_of_the_RFC()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Rfc6962.EmptyRoot.ToString());
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Rfc6962.Leaf([]).ToString());
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_root_is_that_of_the_definition(int size)
    {
        Assert.Equal(Definition(Leaves.AsSpan(0, size)), Grow(size).Edge.Root());
    }

    [Fact]
    public void Every_inclusion_proof_of_small_trees_holds_and_none_holds_for_another_place()
    {
        for (var size = 1; size <= 40; size++)
        {
            var (tree, root) = (Read(size), Definition(Leaves.AsSpan(0, size)));
            for (var index = 0; index < size; index++)
            {
                var path = tree.Inclusion(index);
                Assert.True(TreeProofs.VerifyInclusion(Leaves[index], index, size, path, root));
                Assert.False(TreeProofs.VerifyInclusion(Leaves[index + 1], index, size, path, root));
                Assert.False(TreeProofs.VerifyInclusion(Leaves[index], index, size, [.. path, root], root));
                if (size > 1) Assert.False(TreeProofs.VerifyInclusion(Leaves[index], (index + 1) % size, size, path, root));
                if (path.Count > 0) Assert.False(TreeProofs.VerifyInclusion(Leaves[index], index, size, [.. path.Skip(1)], root));
            }
        }
    }

    [Fact]
    public void Every_consistency_proof_of_small_trees_holds_and_none_for_another_history()
    {
        for (var size = 1; size <= 40; size++)
        {
            var (tree, root) = (Read(size), Definition(Leaves.AsSpan(0, size)));
            for (var old = 0; old <= size; old++)
            {
                var (path, oldRoot) = (tree.Consistency(old), Definition(Leaves.AsSpan(0, old)));
                Assert.True(TreeProofs.VerifyConsistency(old, oldRoot, size, root, path));
                Assert.False(TreeProofs.VerifyConsistency(old, Leaves[99], size, root, path));
                Assert.False(TreeProofs.VerifyConsistency(old, oldRoot, size, Leaves[99], path) && old > 0);
                Assert.False(TreeProofs.VerifyConsistency(old, oldRoot, size, root, [.. path, root]));
                if (path.Count > 0) Assert.False(TreeProofs.VerifyConsistency(old, oldRoot, size, root, [.. path.Skip(1)]));
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Roots_of_earlier_sizes_come_out_of_the_tiles(int size)
    {
        var tree = Read(size);
        foreach (var old in new[] { 0, 1, 2, 255, 256, 257, 300, 1000, 65535, 65536 }.Where(old => old <= size))
            Assert.Equal(Definition(Leaves.AsSpan(0, old)), tree.RootAt(old));
    }

    /// <summary>CVE-2026-56865: a reader that does not hold each tile against its parent accepts a forged leaf at some of these sizes.</summary>
    [Theory]
    [InlineData(256), InlineData(257), InlineData(300), InlineData(511), InlineData(512), InlineData(513), InlineData(1000)]
    [InlineData(4096), InlineData(65536), InlineData(70123)]
    public void A_forged_leaf_is_rejected(int size)
    {
        var (edge, tiles) = Grow(size);
        var tile = new TileId(0, 0, 256);
        Rfc6962.Leaf("forged"u8).CopyTo(tiles[tile.Path]);

        Assert.Throws<InvalidDataException>(() => new TileTree(size, edge.Root(), id => tiles[id.Path]).Inclusion(0));
        Assert.Throws<InvalidDataException>(() => new TileTree(size, edge.Root(), id => tiles[id.Path]).LeafAt(0));
    }

    [Theory]
    [InlineData(300), InlineData(511), InlineData(1000), InlineData(70123)]
    public void A_change_in_any_tile_is_rejected_by_every_proof_that_reads_it(int size)
    {
        var (edge, tiles) = Grow(size);
        foreach (var tile in TileId.All(size).Where(tile => tile.Level >= 0))
        {
            var first = Math.Min(size - 1, tile.Index * 256 << (8 * tile.Level));
            tiles[tile.Path][5] ^= 1;
            Assert.Throws<InvalidDataException>(() => new TileTree(size, edge.Root(), id => tiles[id.Path]).LeafAt(first));
            tiles[tile.Path][5] ^= 1;
        }

        Assert.Equal(Leaves[0], new TileTree(size, edge.Root(), id => tiles[id.Path]).LeafAt(0));
    }

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000"), InlineData(1, 1, 17, "tile/1/001.p/17"), InlineData(-1, 1234067, 256, "tile/entries/x001/x234/067")]
    public void Tiles_are_named_as_tlog_tiles_says(int level, long index, int width, string path)
    {
        Assert.Equal(path, new TileId(level, index, width).Path);
    }

    private static TileTree Read(int size)
    {
        var (edge, tiles) = Grow(size);
        return new TileTree(size, edge.Root(), tile => tiles[tile.Path]);
    }

    private static (TreeEdge Edge, Dictionary<string, byte[]> Tiles) Grow(int size)
    {
        var (edge, tiles) = (new TreeEdge(), new Dictionary<string, byte[]>());
        for (var i = 0; i < size; i++) edge.Append(Leaves[i], (tile, bytes) => tiles.Add(tile.Path, bytes.ToArray()));
        foreach (var (tile, bytes) in edge.Partials()) tiles.Add(tile.Path, bytes.ToArray());
        return (edge, tiles);
    }
}

using System.Globalization;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>The headings as a tree beside the pages. Deeper ones are folded away.</summary>
internal sealed class PdfBookmarks(PdfObjects objects)
{
    private sealed class Node(Bookmark bookmark, int id)
    {
        public Bookmark Bookmark => bookmark;

        public int Id => id;

        public List<Node> Kids { get; } = [];

        public int Below => Kids.Sum(kid => 1 + kid.Below);
    }

    /// <summary>The object that holds them; nothing when there are none.</summary>
    public int? Write(IReadOnlyList<Bookmark> bookmarks)
    {
        if (bookmarks.Count == 0)
            return null;
        var root = new Node(new Bookmark(0, "", default), objects.Reserve());
        Grow(root, bookmarks);
        objects.Write(root.Id, $"<</Type/Outlines{Ends(root)}{Count(root.Kids.Count)}>>");
        WriteKids(root);
        return root.Id;
    }

    private void Grow(Node root, IReadOnlyList<Bookmark> bookmarks)
    {
        var path = new Stack<Node>([root]);
        foreach (var bookmark in bookmarks)
        {
            while (path.Peek().Bookmark.Depth >= bookmark.Depth)
                path.Pop();
            var node = new Node(bookmark, objects.Reserve());
            path.Peek().Kids.Add(node);
            path.Push(node);
        }
    }

    private void WriteKids(Node parent)
    {
        for (var i = 0; i < parent.Kids.Count; i++)
        {
            var node = parent.Kids[i];
            var body = new StringBuilder("<</Title").Append(PdfValue.Text(node.Bookmark.Title.ReplaceLineEndings(" "))).Append("/Parent ").Reference(parent.Id);
            if (i > 0)
                body.Append("/Prev ").Reference(parent.Kids[i - 1].Id);
            if (i + 1 < parent.Kids.Count)
                body.Append("/Next ").Reference(parent.Kids[i + 1].Id);
            if (node.Kids.Count > 0)
                body.Append(Ends(node)).Append(Count(-node.Below));
            objects.Write(node.Id, body.Append("/Dest").Append(PdfCatalog.Destination(node.Bookmark.At)).Append(">>").ToString());
            WriteKids(node);
        }
    }

    private static string Ends(Node node) => $"/First {PdfValue.Reference(node.Kids[0].Id)}/Last {PdfValue.Reference(node.Kids[^1].Id)}";

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"/Count {count}");
}

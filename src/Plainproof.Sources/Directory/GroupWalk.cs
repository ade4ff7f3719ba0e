namespace Plainproof.Sources.Directories;

/// <param name="Group">True when it has members of its own.</param>
internal sealed record Member(string Key, Entry Entry, Plainproof.Facts.Pointer At, bool Group);

/// <param name="Through">Names of the groups between, outermost first.</param>
internal sealed record Reached(Member Member, IReadOnlyList<string> Through);

/// <summary>Walks a group to everyone in it. Each member is reached once, by the shortest chain; circles end by themselves.</summary>
internal static class GroupWalk
{
    public static async Task<List<Reached>> FromAsync(Member group, Func<Member, Task<IReadOnlyList<Member>>> membersOf)
    {
        var reached = new List<Reached>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { group.Key };
        var waiting = new Queue<Reached>([new Reached(group, [])]);
        while (waiting.TryDequeue(out var here))
        {
            foreach (var member in await membersOf(here.Member))
            {
                if (!seen.Add(member.Key))
                    continue;
                if (member.Group)
                    waiting.Enqueue(new Reached(member, [.. here.Through, NameOf(member)]));
                else
                    reached.Add(new Reached(member, here.Through));
            }
        }

        return reached;
    }

    private static string NameOf(Member member) => member.Entry["sAMAccountName"] ?? Dn.ShortName(member.Entry.Name);
}

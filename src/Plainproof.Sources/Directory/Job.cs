using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>A set of aspects that are read together; when it fails, the other parts go on.</summary>
internal sealed record Part(IReadOnlyList<Aspect> Yields, Func<CancellationToken, Task> ReadAsync);

/// <summary>One collection from one directory: what is wanted, where it goes, and what has been covered.</summary>
internal sealed class Job(LdapSession session, ISink sink, string scope, IReadOnlySet<Aspect> wanted, DirectoryAddress address, Root root, DateTimeOffset now)
{
    private readonly HashSet<Aspect> _covered = [];
    private readonly Dictionary<Aspect, long> _told = [];

    public LdapSession Session => session;

    public string Scope => scope;

    public DirectoryAddress Address => address;

    public Root Root => root;

    /// <summary>When this collection began; "has expired" is judged by it.</summary>
    public DateTimeOffset Now => now;

    public string Base => address.Base ?? root.Base;

    public bool Wants<T>() => wanted.Contains(Aspect.Of<T>());

    public string Subject(string kind, string id) => Subjects.Of(scope, kind, id);

    public void Progress(string doing, long done = 0, long? of = null) => sink.Progress(doing, done, of);

    public async ValueTask AddAsync<T>(string subject, T value, Pointer at, CancellationToken stop) where T : notnull
    {
        if (!Wants<T>())
            return;
        await sink.AddAsync(Fact.Of(subject, value, at), stop);
        _told[Aspect.Of<T>()] = Told<T>() + 1;
    }

    public long Told<T>() => _told.GetValueOrDefault(Aspect.Of<T>());

    /// <summary>All was read. The directory's other count must agree, or the line says that a part is missing.</summary>
    public ValueTask CoverAsync<T>(long read, long? expected, CancellationToken stop) =>
        expected == read ? CoverAsync(new Coverage(Aspect.Of<T>(), scope, Completeness.Complete, Read: read, Expected: expected), stop)
        : expected is null ? CoverAsync<T>(Completeness.Partial, $"{read} were read, and the directory would not say how many there are.", "Raise the account's size limit in the directory.", stop)
        : CoverAsync<T>(Completeness.Partial, $"{read} were read, and a second count says {expected}.", "Run again. Something changed in between, or the account may not see all.", stop, expected);

    public ValueTask CoverAsync<T>(Completeness state, string why, string? mend, CancellationToken stop, long? expected = null) =>
        CoverAsync(new Coverage(Aspect.Of<T>(), scope, state, why, mend, Told<T>(), expected), stop);

    public async Task RunAsync(Part part, CancellationToken stop)
    {
        var asked = part.Yields.Where(wanted.Contains).ToList();
        if (asked.Count == 0)
            return;
        try
        {
            await part.ReadAsync(stop);
        }
        catch (CannotRead e)
        {
            foreach (var aspect in asked.Where(aspect => !_covered.Contains(aspect)))
                await CoverAsync(Broken(aspect, e), stop);
        }
    }

    private Coverage Broken(Aspect aspect, CannotRead e) => _told.GetValueOrDefault(aspect) is > 0 and var told
        ? new Coverage(aspect, scope, Completeness.Partial, $"The answer broke off after {told}. {e.Message}", e.Mend, told)
        : new Coverage(aspect, scope, e.State, e.Message, e.Mend);

    private async ValueTask CoverAsync(Coverage line, CancellationToken stop)
    {
        if (wanted.Contains(line.Aspect) && _covered.Add(line.Aspect))
            await sink.CoverAsync(line, stop);
    }
}

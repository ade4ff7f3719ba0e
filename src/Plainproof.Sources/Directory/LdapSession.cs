using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>One signed-in connection. Calls take turns.</summary>
internal sealed class LdapSession : IAsyncDisposable
{
    public const string SignIn = "sign in";

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    private readonly DirectoryAddress _address;
    private readonly LdapWire _wire;
    private readonly ISink _sink;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Set when the connection came to its end: how to tell whoever asks after that.</summary>
    private Func<string, CannotRead>? _ended;

    private LdapSession(DirectoryAddress address, LdapWire wire, ISink sink) => (_address, _wire, _sink) = (address, wire, sink);

    /// <exception cref="CannotRead">No connection, no trust, wrong password or no answer: each with its own words.</exception>
    public static async Task<LdapSession> OpenAsync(DirectoryAddress address, ISink sink, CancellationToken stop)
    {
        var session = new LdapSession(address, new LdapWire(await SecureStream.OpenAsync(address, stop)), sink);
        try
        {
            var answer = await session.AskAsync(SignIn, Question.Bind(address.User, address.Password), Tag.BindResponse, stop);
            return answer.Code == ResultCode.Success ? session : throw LdapFault.NotLetIn(answer, address);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Who we are signed in as, in the directory's own words (RFC 4532); the name typed where it does not tell.</summary>
    public async Task<string> WhoAmIAsync(CancellationToken stop)
    {
        var answer = await AskAsync("who am I", Question.WhoAmI, Tag.ExtendedResponse, stop);
        var name = answer.Code == ResultCode.Success ? Encoding.UTF8.GetString(answer.Value ?? []) : "";
        return name.StartsWith("dn:", StringComparison.OrdinalIgnoreCase) || name.StartsWith("u:", StringComparison.OrdinalIgnoreCase)
            ? name[(name.IndexOf(':') + 1)..] : _address.User;
    }

    /// <summary>
    /// Every page of the answer, each kept before it is given. While one is told the next is kept, and the one after that is on its way.
    /// Ends early with <see cref="Page.Cut"/> when the directory limits us.
    /// </summary>
    /// <exception cref="CannotRead">Refused, lost or silent in mid-answer.</exception>
    public async IAsyncEnumerable<Page> PagesAsync(Search search, [EnumeratorCancellation] CancellationToken stop, int? pageSize = null, int? securityFlags = null)
    {
        var question = new Paged(search, pageSize ?? _address.PageSize, securityFlags);
        var coming = FetchAsync(question, [], stop);
        var keeping = KeepAsync(question, 1, coming, stop);
        try
        {
            for (var number = 2; ; number++)
            {
                var fetched = await coming;
                if (fetched.More && question.Size > 1)
                    coming = FetchAsync(question, fetched.Cookie, stop);
                var page = await keeping;
                if (fetched.More && question.Size > 1)
                    keeping = KeepAsync(question, number, coming, stop);
                yield return page;
                if (!fetched.More)
                    yield break;
                if (question.Size == 1)
                    keeping = KeepAsync(question, number, coming = FetchAsync(question, fetched.Cookie, stop), stop);
            }
        }
        finally
        {
            // Someone who stops in the middle leaves pages on their way; their fate no longer matters, but it must be waited for.
            await Task.WhenAll(coming, keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A count by another question: names only. Null when the directory will not say all.</summary>
    public async Task<long?> CountAsync(Search search, CancellationToken stop)
    {
        var question = new Paged(search with { Attributes = ["1.1"] }, Math.Max(_address.PageSize, 500), null);
        long count = 0;
        byte[] cookie = [];
        do
        {
            var page = await FetchAsync(question, cookie, stop);
            if (page.Cut is not null)
                return null;
            count += page.Entries.Count;
            cookie = page.Cookie;
        }
        while (cookie.Length > 0);
        return count;
    }

    /// <summary>One entry by its name; null when there is none, or it may not be seen.</summary>
    public async Task<(Entry Entry, Pointer At)?> FindAsync(string name, CancellationToken stop, params string[] attributes) =>
        await FirstAsync(new Search(name, "(objectClass=*)", SearchScope.Base, attributes), stop);

    public async Task<(Entry Entry, Pointer At)?> FirstAsync(Search search, CancellationToken stop, int? securityFlags = null)
    {
        try
        {
            await foreach (var page in PagesAsync(search, stop, pageSize: 1, securityFlags))
            {
                if (page.Entries.Count > 0)
                    return (page.Entries[0], page.At(0));
            }
        }
        catch (CannotRead e) when (e.State == Completeness.Denied)
        {
            return null;
        }

        return null;
    }

    /// <summary>
    /// All values of one attribute. Active Directory gives at most 1,500 at once, as <c>member;range=0-1499</c> (MS-ADTS 3.1.1.3.1.3.3);
    /// reading only the plain name would call such a group empty.
    /// </summary>
    public async Task<IReadOnlyList<string>> AllValuesAsync(Entry entry, string attribute, CancellationToken stop)
    {
        var values = new List<string>(entry.All(attribute));
        var (ranged, last) = RangeOf(entry, attribute);
        while (ranged is not null)
        {
            values.AddRange(entry.All(ranged));
            if (last is not { } end)
                break;
            var next = await FindAsync(entry.Name, stop, $"{attribute};range={end + 1}-*")
                ?? throw new CannotRead(Completeness.Partial, $"The directory stopped in the middle of the members of {Dn.ShortName(entry.Name)}.");
            entry = next.Entry;
            (ranged, last) = RangeOf(entry, attribute);
        }

        return values;
    }

    /// <summary>
    /// Whether an attribute of an entry may be read: the directory answers a comparison with "insufficient access" before it looks
    /// whether the value is there, so an absent value and a hidden one can be told apart.
    /// </summary>
    public async Task<ResultCode> CompareAsync(string name, string attribute, string value, CancellationToken stop) =>
        (await AskAsync($"compare {attribute}", Question.Compare(name, attribute, value), Tag.CompareResponse, stop)).Code;

    public async ValueTask DisposeAsync()
    {
        if (_ended is null)
        {
            using var limit = new CancellationTokenSource(Goodbye);
            await _wire.LeaveAsync(limit.Token);
        }

        await _wire.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<Page> KeepAsync(Paged question, int number, Task<Fetched> coming, CancellationToken stop)
    {
        var (entries, _, cut) = await coming;
        await Task.Yield(); // Sealing is work rather than waiting: neither who tells the page before nor who fetches the next may have to do it.
        using var transcript = Page.Transcript(question.Search, number, entries);
        return new Page(entries, await _sink.KeepAsync("application/jsonl", transcript.Read(), stop), cut);
    }

    private async Task<Fetched> FetchAsync(Paged question, byte[] cookie, CancellationToken stop)
    {
        var entries = new List<Entry>(question.Size);
        var answer = await AskAsync($"search {question.Search.Filter}", Question.Find(question.Search, question.Size, cookie, question.SecurityFlags), Tag.SearchResultDone, stop, entries);
        var cut = LdapFault.Limit(answer.Code);
        return answer.Code == ResultCode.Success || cut is not null ? new Fetched(entries, answer.Cookie, cut) : throw LdapFault.Refused(answer, question.Search);
    }

    /// <summary>One question at a time, so that the directory is asked politely.</summary>
    private async Task<Answer> AskAsync(string what, Func<int, byte[]> question, byte ends, CancellationToken stop, List<Entry>? into = null)
    {
        await _turn.WaitAsync(stop);
        try
        {
            return await AskInTurnAsync(what, question, ends, into ?? [], stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Answer> AskInTurnAsync(string what, Func<int, byte[]> question, byte ends, List<Entry> into, CancellationToken stop)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), _wire.Received);
        var status = "stopped";
        try
        {
            var answer = await WithinTimeAsync(what, limit => _wire.AskAsync(question, ends, message => into.Add(Entry.Parse(message)), limit), stop);
            status = answer.Code is ResultCode.Success or ResultCode.CompareTrue or ResultCode.CompareFalse ? "ok" : answer.Code.ToString();
            return answer;
        }
        catch (CannotRead e)
        {
            status = e.State.ToString();
            throw;
        }
        finally
        {
            _sink.Called(new Call(what, Items: into.Count, Bytes: _wire.Received - before, Milliseconds: Stopwatch.GetElapsedTime(started).TotalMilliseconds, Status: status));
        }
    }

    /// <summary>The whole answer must come within the time limit. Whatever goes wrong ends the connection, and is told to all who ask later.</summary>
    private async Task<Answer> WithinTimeAsync(string what, Func<CancellationToken, Task<Answer>> ask, CancellationToken stop)
    {
        if (_ended is not null)
            throw _ended(what);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_address.Timeout);
        _ended = it => LdapFault.Ended(new IOException("The answer before was given up."), _address, it);
        try
        {
            var answer = await ask(limit.Token);
            _ended = null;
            return answer;
        }
        catch (Exception e) when (e is IOException or Disconnected or BadAnswer || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            _ended = it => LdapFault.Ended(e, _address, it);
            throw _ended(what);
        }
    }

    private static (string? Attribute, int? Last) RangeOf(Entry entry, string attribute)
    {
        var name = entry.NameBeginning(attribute + ";range=");
        return name is null ? (null, null) : (name, int.TryParse(name[(name.LastIndexOf('-') + 1)..], out var last) ? last : null);
    }

    private sealed record Paged(Search Search, int Size, int? SecurityFlags);

    /// <param name="Cut">Why the directory stopped here; null when it did not.</param>
    private sealed record Fetched(List<Entry> Entries, byte[] Cookie, string? Cut)
    {
        public bool More => Cookie.Length > 0 && Cut is null;
    }
}

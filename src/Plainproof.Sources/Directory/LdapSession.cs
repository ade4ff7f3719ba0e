using System.Diagnostics;
using System.DirectoryServices.Protocols;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <param name="Base">Where to look; empty for the directory's own root entry.</param>
internal sealed record Search(string Base, string Filter, SearchScope Scope, params string[] Attributes);

/// <summary>One page of an answer, sealed as evidence before anyone sees it.</summary>
/// <param name="Cut">Why the directory stopped here although there is more; null when it did not.</param>
internal sealed record Page(IReadOnlyList<Entry> Entries, Digest Kept, string? Cut)
{
    /// <summary>Line 1 of the transcript is the question.</summary>
    public Pointer At(int index) => new(Kept, $"line:{index + 2}");
}

/// <summary>One signed-in connection. Calls take turns.</summary>
internal sealed class LdapSession : IAsyncDisposable
{
    public const string SignIn = "sign in";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DirectoryAddress _address;
    private readonly Tunnel _tunnel;
    private readonly LdapConnection _connection;
    private readonly ISink _sink;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Set once the directory said nothing for the whole time limit: what is lost after that was lost to silence.</summary>
    private bool _silent;

    private LdapSession(DirectoryAddress address, Tunnel tunnel, ISink sink)
    {
        (_address, _tunnel, _sink) = (address, tunnel, sink);
        _connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", tunnel.Port, fullyQualifiedDnsHostName: true, connectionless: false))
        {
            AuthType = AuthType.Basic,
            AutoBind = false,
            Timeout = address.Timeout,
            Credential = new NetworkCredential(address.User, address.Password),
        };
        _connection.SessionOptions.ProtocolVersion = 3;
        _connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
    }

    /// <exception cref="CannotRead">No connection, no trust, wrong password or no answer: each with its own words.</exception>
    public static async Task<LdapSession> OpenAsync(DirectoryAddress address, ISink sink, CancellationToken stop)
    {
        var tunnel = await Tunnel.OpenAsync(address, stop);
        var session = new LdapSession(address, tunnel, sink);
        try
        {
            await session.WatchAsync(SignIn, () => { session._connection.Bind(); return (DirectoryResponse?)null; }, stop);
            return session;
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
        try
        {
            var answer = (ExtendedResponse)await AskAsync("who am I", new ExtendedRequest("1.3.6.1.4.1.4203.1.11.3"), stop);
            var name = Encoding.UTF8.GetString(answer.ResponseValue ?? []);
            return name.StartsWith("dn:", StringComparison.OrdinalIgnoreCase) || name.StartsWith("u:", StringComparison.OrdinalIgnoreCase)
                ? name[(name.IndexOf(':') + 1)..] : _address.User;
        }
        catch (DirectoryOperationException)
        {
            return _address.User;
        }
    }

    /// <summary>
    /// Every page of the answer, each kept before it is given; the next page is on its way meanwhile.
    /// Ends early with <see cref="Page.Cut"/> when the directory limits us.
    /// </summary>
    /// <exception cref="CannotRead">Refused, lost or silent in mid-answer.</exception>
    public async IAsyncEnumerable<Page> PagesAsync(Search search, [EnumeratorCancellation] CancellationToken stop, int? pageSize = null, int? securityFlags = null)
    {
        var size = pageSize ?? _address.PageSize;
        var coming = PageAsync(search, Paging(size), securityFlags, stop);
        try
        {
            for (var number = 1; ; number++)
            {
                var (answer, cut) = await coming;
                var cookie = answer.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
                var last = cookie.Length == 0 || cut is not null;
                if (!last && size > 1)
                    coming = PageAsync(search, Paging(size, cookie), securityFlags, stop);
                yield return await KeepAsync(search, number, answer, cut, stop);
                if (last)
                    yield break;
                if (size == 1)
                    coming = PageAsync(search, Paging(size, cookie), securityFlags, stop);
            }
        }
        finally
        {
            // Someone who stops in the middle leaves a page on its way; its fate no longer matters, but it must be waited for.
            await ((Task)coming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A count by another question: names only. Null when the directory will not say all.</summary>
    public async Task<long?> CountAsync(Search search, CancellationToken stop)
    {
        long count = 0;
        byte[] cookie = [];
        var names = search with { Attributes = ["1.1"] };
        do
        {
            var (answer, cut) = await PageAsync(names, Paging(Math.Max(_address.PageSize, 500), cookie), null, stop);
            if (cut is not null)
                return null;
            count += answer.Entries.Count;
            cookie = answer.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
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
    public async Task<ResultCode> CompareAsync(string name, string attribute, string value, CancellationToken stop)
    {
        try
        {
            return (await AskAsync($"compare {attribute}", new CompareRequest(name, attribute, value), stop)).ResultCode;
        }
        catch (DirectoryOperationException e) when (e.Response is not null)
        {
            return e.Response.ResultCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tunnel.Close();
        _connection.Dispose();
        await _tunnel.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<Page> KeepAsync(Search search, int number, SearchResponse answer, string? cut, CancellationToken stop)
    {
        var entries = new Entry[answer.Entries.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new Entry(answer.Entries[i]);
        using var transcript = Transcript(search, number, entries);
        return new Page(entries, await _sink.KeepAsync("application/jsonl", transcript, stop), cut);
    }

    private async Task<(SearchResponse Answer, string? Cut)> PageAsync(Search search, PageResultRequestControl paging, int? securityFlags, CancellationToken stop)
    {
        var request = new SearchRequest(search.Base, search.Filter, search.Scope, search.Attributes);
        request.Controls.Add(paging);
        if (securityFlags is { } flags)
            request.Controls.Add(new SecurityDescriptorFlagControl((SecurityMasks)flags));
        try
        {
            return ((SearchResponse)await AskAsync($"search {search.Filter}", request, stop), null);
        }
        catch (DirectoryOperationException e) when (e.Response is SearchResponse part && LdapFault.Limit(part.ResultCode) is { } cut)
        {
            return (part, cut);
        }
        catch (DirectoryOperationException e)
        {
            throw LdapFault.Refused(e, search);
        }
    }

    private async Task<DirectoryResponse> AskAsync(string what, DirectoryRequest request, CancellationToken stop) =>
        (await WatchAsync(what, () => _connection.SendRequest(request, _address.Timeout), stop))!;

    /// <summary>One call at a time: the directory is asked politely, and the library is asked safely.</summary>
    private async Task<DirectoryResponse?> WatchAsync(string what, Func<DirectoryResponse?> call, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            return await WatchOneAsync(what, call, stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs one blocking call of the library; when it takes too long the tunnel is closed, which ends the call.</summary>
    private async Task<DirectoryResponse?> WatchOneAsync(string what, Func<DirectoryResponse?> call, CancellationToken stop)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), _tunnel.Received);
        var status = "ok";
        var items = 0;
        var work = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var answer = await work.WaitAsync(_address.Timeout + TimeSpan.FromMilliseconds(500), stop);
            items = (answer as SearchResponse)?.Entries.Count ?? 0;
            return answer;
        }
        catch (Exception e)
        {
            status = e.GetType().Name;
            if (e is TimeoutException or OperationCanceledException)
                await EndAsync(work);
            _silent |= LdapFault.IsSilence(e) || (LdapFault.IsLoss(e) && Stopwatch.GetElapsedTime(started) >= _address.Timeout);
            if (_silent && LdapFault.IsLoss(e))
                throw LdapFault.Lost(new TimeoutException(e.Message, e), _address, what);
            throw e is LdapException or TimeoutException || (what == SignIn && e is DirectoryOperationException) ? LdapFault.Lost(e, _address, what) : e;
        }
        finally
        {
            _sink.Called(new Call(what, Items: items, Bytes: _tunnel.Received - before, Milliseconds: Stopwatch.GetElapsedTime(started).TotalMilliseconds, Status: status));
        }
    }

    private async Task EndAsync(Task work)
    {
        _tunnel.Close();
        await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None));
    }

    /// <summary>Not critical: a tree that cannot page answers in one piece, and its limits still show.</summary>
    private static PageResultRequestControl Paging(int size, byte[]? cookie = null) => new(size) { IsCritical = false, Cookie = cookie ?? [] };

    private static (string? Attribute, int? Last) RangeOf(Entry entry, string attribute)
    {
        var name = entry.Texts.Keys.FirstOrDefault(name => name.StartsWith(attribute + ";range=", StringComparison.OrdinalIgnoreCase));
        return name is null ? (null, null) : (name, int.TryParse(name[(name.LastIndexOf('-') + 1)..], out var last) ? last : null);
    }

    private static MemoryStream Transcript(Search search, int page, IReadOnlyList<Entry> entries)
    {
        var text = new MemoryStream();
        using var json = new Utf8JsonWriter(text, Compact);
        json.WriteStartObject();
        json.WriteString("base", search.Base);
        json.WriteString("filter", search.Filter);
        json.WriteString("scope", search.Scope.ToString());
        json.WriteString("attributes", string.Join(' ', search.Attributes));
        json.WriteNumber("page", page);
        json.WriteNumber("entries", entries.Count);
        json.WriteEndObject();
        foreach (var entry in entries)
        {
            json.Flush();
            text.WriteByte((byte)'\n');
            json.Reset();
            Write(entry, json);
        }

        json.Flush();
        text.WriteByte((byte)'\n');
        text.Position = 0;
        return text;
    }

    private static void Write(Entry entry, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("dn", entry.Name);
        foreach (var (name, values) in entry.Texts)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

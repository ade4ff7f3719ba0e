using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>The registration, by RDAP (RFC 9082, RFC 9083), from the registry that the public list names (RFC 9224) or the address given.</summary>
internal static class RegistrationReader
{
    private const int MaxBody = 1024 * 1024;
    private const string PublicList = "https://data.iana.org/rdap/dns.json";
    private const string Mend = "Give the address of the registry's RDAP service: rdap=https://... Or look in your registrar's account.";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly string[] NoRegistry = ["test", "example", "invalid", "localhost", "local", "internal", "lan", "home", "corp"];
    private static readonly string[] Locks = ["client transfer prohibited", "server transfer prohibited"];

    public static Task<AspectRead> ReadAsync(DomainRun run, Conversation dns) =>
        run.WithinLimitAsync("The registration service", stop => ReadAsync(run, dns.Evidence, stop));

    private static async Task<AspectRead> ReadAsync(DomainRun run, Evidence evidence, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            MaxAutomaticRedirections = 3,
            ConnectCallback = (context, inTime) => ConnectAsync(run.Settings, context.DnsEndPoint, inTime),
        });
        client.Timeout = LongestWait;
        client.MaxResponseContentBufferSize = MaxBody;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/rdap+json");
        var service = run.Settings.Rdap ?? await FindServiceAsync(run, client, stop);
        foreach (var name in DomainName.Climb(run.Domain, fewest: 2))
        {
            if (await GetAsync(run, client, new Uri(service, $"domain/{name}"), stop) is not { } text)
                continue;
            var path = evidence.Add(new { rdap = new Uri(service, $"domain/{name}").AbsoluteUri, body = text });
            return AspectRead.Complete(evidence, new Seen("domain", run.Domain, Understand(run.Domain, text), path));
        }

        throw new CannotRead(Completeness.Unreachable, $"The registry at {service.Host} does not know {run.Domain}.", Mend);
    }

    /// <summary>A registry, and wherever it redirects to, must have a public address, unless the target itself is a private one.</summary>
    private static async ValueTask<Stream> ConnectAsync(DomainSettings settings, DnsEndPoint to, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(to.Host, stop);
        var host = new HostAddresses(to.Host, [.. found.Where(address => settings.Private.MayContact(address))], [.. found.Where(address => !settings.Private.MayContact(address))]);
        var (client, _) = await Connector.ConnectAsync(host, to.Port, settings.Timeout, stop);
        return new NetworkStream(client.Client, ownsSocket: true);
    }

    private static async Task<Uri> FindServiceAsync(DomainRun run, HttpClient client, CancellationToken stop)
    {
        var top = run.Domain[(run.Domain.LastIndexOf('.') + 1)..];
        if (NoRegistry.Contains(top))
            throw new CannotRead(Completeness.Unreachable, $"Names under .{top} have no public registry.", Mend);
        using var list = Parse(await GetAsync(run, client, new Uri(PublicList), stop) ?? "{}", PublicList);
        foreach (var entry in Array(list.RootElement, "services").Where(entry => entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2))
        {
            var addresses = entry[1].EnumerateArray().Select(address => address.GetString()).Where(address => address?.StartsWith("https://", StringComparison.Ordinal) == true);
            if (entry[0].EnumerateArray().Any(name => name.GetString() == top) && addresses.FirstOrDefault() is { } found)
                return new Uri(found.EndsWith('/') ? found : found + "/");
        }

        throw new CannotRead(Completeness.Unreachable, $"The registry of .{top} offers no RDAP service.", Mend);
    }

    /// <summary>Null when the service says that it does not know the name.</summary>
    private static async Task<string?> GetAsync(DomainRun run, HttpClient client, Uri address, CancellationToken stop)
    {
        try
        {
            using var response = await client.GetAsync(address, stop);
            run.Called(new Call("GET rdap", Status: $"{(int)response.StatusCode}"));
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await response.Content.ReadAsStringAsync(stop),
                HttpStatusCode.NotFound => null,
                HttpStatusCode.TooManyRequests => throw new CannotRead(Completeness.Throttled, $"{address.Host} asked us to slow down.", "Try again later."),
                HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => throw new CannotRead(Completeness.Denied, $"{address.Host} refused to answer.", Mend),
                var other => throw new CannotRead(Completeness.Unreachable, $"{address.Host} answered with status {(int)other}.", Mend),
            };
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw new CannotRead(Completeness.TimedOut, $"The registration service {address.Host} did not answer in time.", Mend, e);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            throw new CannotRead(Completeness.Unreachable, $"The registration service {address.Host} could not be reached.", Mend, e);
        }
    }

    private static DomainRegistration Understand(string domain, string text)
    {
        using var json = Parse(text, domain);
        var root = json.RootElement;
        var status = Array(root, "status").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!.ToLowerInvariant()).ToList();
        var ends = Array(root, "events").Where(item => Text(item, "eventAction") == "expiration").Select(item => Text(item, "eventDate")).FirstOrDefault();
        DateTimeOffset? expires = DateTimeOffset.TryParse(ends, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
        return new DomainRegistration(domain, status, status.Intersect(Locks).Any(), expires);
    }

    private static JsonDocument Parse(string text, string from)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new CannotRead(Completeness.Failed, $"The answer about {from} is not valid JSON.", Mend, e);
        }
    }

    private static IEnumerable<JsonElement> Array(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

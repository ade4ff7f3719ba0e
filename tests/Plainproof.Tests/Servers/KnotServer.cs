namespace Plainproof.Tests.Servers;

/// <param name="Records">Zone file lines besides SOA, NS and the name servers' addresses.</param>
/// <param name="Signed">Signed, with a DS record in the parent.</param>
/// <param name="WrongDs">The parent's DS record belongs to another key, so the chain is broken.</param>
/// <param name="Missing">The server is told of the zone and has no file for it, so it answers SERVFAIL.</param>
/// <param name="NameServers">How many names servers the zone lists.</param>
internal sealed record TestZone(string Name, string Records, bool Signed = false, bool WrongDs = false, bool Missing = false, int NameServers = 2);

/// <summary>A real Knot DNS with a signed top-level zone <c>test.</c> and zones below it.</summary>
internal sealed class KnotServer : IDisposable
{
    private const string Parent = "test";
    private const string WrongDigest = "0000000000000000000000000000000000000000000000000000000000000000";
    private readonly TemporaryFolder _folder = new();
    private readonly Running _knot;
    private int _serial = 1;

    private KnotServer(int port, IReadOnlyList<TestZone> zones)
    {
        (Port, Zones) = (port, zones);
        foreach (var zone in zones.Where(zone => !zone.Missing))
            _folder.Write($"{zone.Name}.zone", Text(zone));
        Directory.CreateDirectory(_folder.File("db"));
        var configuration = _folder.Write("knot.conf", Configuration());
        _folder.Write($"{Parent}.zone", Text(new TestZone(Parent, string.Concat(zones.Select(zone => Delegation(zone, configuration))))));
        _knot = Running.Start("/usr/sbin/knotd", ["-c", configuration]);
        _knot.WaitForPort(port);
        WaitForZones();
    }

    public int Port { get; }

    public IReadOnlyList<TestZone> Zones { get; }

    /// <summary>What a validating resolver must trust to check the whole tree.</summary>
    public string TrustAnchor => Running.Run("/usr/sbin/keymgr", "-c", _folder.File("knot.conf"), Parent, "ds").Split('\n').First(line => line.Contains(" 13 2 ", StringComparison.Ordinal));

    /// <summary>Adds a line to a zone, as its owner would, and waits until the server answers with it.</summary>
    public void Add(string zone, string line)
    {
        var file = _folder.File($"{zone}.zone");
        var serial = Interlocked.Increment(ref _serial);
        File.WriteAllText(file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), @"hostmaster \d+ ", $"hostmaster {serial} ") + line + "\n");
        Running.Run("/usr/sbin/knotc", "-s", _folder.File("knot.sock"), "-b", "zone-reload", $"{zone}.");
    }

    public static KnotServer Start(int port, IReadOnlyList<TestZone> zones) => new(port, zones);

    public void Dispose()
    {
        _knot.Dispose();
        _folder.Dispose();
    }

    private static string Text(TestZone zone)
    {
        var servers = Enumerable.Range(1, zone.NameServers).ToList();
        return $"""
            $ORIGIN {zone.Name}.
            $TTL 60
            @ SOA ns1 hostmaster 1 3600 600 86400 60
            {string.Join('\n', servers.Select(number => $"@ NS ns{number}\nns{number} A 127.0.0.1"))}
            {zone.Records}

            """;
    }

    private string Configuration() => $"""
        server:
          listen: 127.0.0.1@{Port}
          rundir: {_folder.Path}
          user: root:root
          tcp-workers: 1
          udp-workers: 1
        log:
          - target: stderr
            any: info
        database:
          storage: {_folder.File("db")}
        policy:
          - id: one
            algorithm: ecdsap256sha256
            single-type-signing: on
        zone:
          - domain: {Parent}
            file: {_folder.File($"{Parent}.zone")}
            zonefile-sync: -1
            journal-content: none
            dnssec-signing: on
            dnssec-policy: one

        """ + string.Concat(Zones.Select(zone => $"""
          - domain: {zone.Name}
            file: {_folder.File($"{zone.Name}.zone")}
            zonefile-sync: -1
            journal-content: none
        {(zone.Signed ? "    dnssec-signing: on\n    dnssec-policy: one\n" : "")}
        """));

    private static string Delegation(TestZone zone, string configuration)
    {
        var servers = string.Concat(Enumerable.Range(1, zone.NameServers).Select(number => $"{zone.Name}. NS ns{number}.{zone.Name}.\nns{number}.{zone.Name}. A 127.0.0.1\n"));
        if (!zone.Signed)
            return servers;
        Running.Run("/usr/sbin/keymgr", "-c", configuration, zone.Name, "generate", "algorithm=ECDSAP256SHA256", "ksk=yes", "zsk=yes");
        var link = Running.Run("/usr/sbin/keymgr", "-c", configuration, zone.Name, "ds").Split('\n').First(line => line.Contains(" 13 2 ", StringComparison.Ordinal));
        return servers + (zone.WrongDs ? link[..(link.LastIndexOf(' ') + 1)] + WrongDigest : link) + "\n";
    }

    private void WaitForZones()
    {
        for (var tries = 0; tries < 100 && Zones.Any(zone => !zone.Missing && !_knot.Said.Contains($"[{zone.Name}.] loaded", StringComparison.Ordinal)); tries++)
            Thread.Sleep(50);
        for (var tries = 0; tries < 100 && !_knot.Said.Contains($"[{Parent}.] DNSSEC, successfully signed", StringComparison.Ordinal); tries++)
            Thread.Sleep(50);
    }
}

/// <summary>A real Unbound that validates signatures, with the top-level zone of a <see cref="KnotServer"/> as its root of trust.</summary>
internal sealed class ValidatingResolver : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Running _unbound;

    private ValidatingResolver(int port, KnotServer knot)
    {
        var stubs = string.Concat(knot.Zones.Select(zone => zone.Name).Append("test")
            .Select(name => $"stub-zone:\n  name: \"{name}\"\n  stub-addr: 127.0.0.1@{knot.Port}\n"));
        var configuration = _folder.Write("unbound.conf", $"""
            server:
              interface: 127.0.0.1@{port}
              do-not-query-localhost: no
              chroot: ""
              username: ""
              directory: "{_folder.Path}"
              pidfile: "{_folder.File("pid")}"
              use-syslog: no
              do-daemonize: no
              do-ip6: no
              num-threads: 1
              local-zone: "test." nodefault
              cache-max-negative-ttl: 0
              aggressive-nsec: no
              trust-anchor: "{knot.TrustAnchor}"
            remote-control:
              control-enable: no
            {stubs}
            """);
        _unbound = Running.Start("/usr/sbin/unbound", ["-d", "-c", configuration]);
        _unbound.WaitForPort(port);
    }

    public static ValidatingResolver Start(int port, KnotServer knot) => new(port, knot);

    public void Dispose()
    {
        _unbound.Dispose();
        _folder.Dispose();
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plainproof.Tests.Servers;

/// <summary>A real S3 server with Object Lock: Ceph's object gateway over one small disk file, on ports of its own.</summary>
public sealed class ObjectStore : IDisposable
{
    public const string AccessKey = "AKIAPLAINPROOF";
    public const string SecretKey = "only-for-tests-of-plainproof";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Running> _running = [];
    private int _buckets;

    /// <summary>Starts it. That takes about twenty seconds.</summary>
    public ObjectStore()
    {
        Port = Running.FreePort();
        Configuration = _folder.Write("ceph.conf", Written(Running.FreePort(), Running.FreePort()));
        foreach (var name in new[] { "run", "mgr", "osd", "gateway" })
            Directory.CreateDirectory(_folder.File(name));
        MakeKeys();
        StartStorage();
        Start("radosgw", "-n", "client.rgw.a");
        _running[^1].WaitForPort(Port, seconds: (int)Patience.TotalSeconds);
        Running.Run("radosgw-admin", "-c", Configuration, "user", "create", "--uid=tests", "--display-name=tests", $"--access-key={AccessKey}", $"--secret-key={SecretKey}");
        Client = new AmazonS3Client(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config
        {
            ServiceURL = Address.ToString(),
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Somebody who may do everything that the server lets anybody do.</summary>
    public AmazonS3Client Client { get; }

    private string Configuration { get; }

    /// <summary>A new, empty bucket.</summary>
    public async Task<string> NewBucketAsync(bool locked = true)
    {
        var name = $"evidence-{Interlocked.Increment(ref _buckets)}";
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = name, ObjectLockEnabledForBucket = locked });
        return name;
    }

    public void Dispose()
    {
        Client?.Dispose();
        foreach (var running in Enumerable.Reverse(_running))
            running.Dispose();
        _folder.Dispose();
    }

    private void MakeKeys()
    {
        foreach (var (name, more) in new (string, string[])[] { ("mon.", []), ("client.admin", ["--cap", "osd", "allow *", "--cap", "mgr", "allow *"]), ("mgr.x", ["--cap", "osd", "allow *"]), ("osd.0", ["--cap", "osd", "allow *", "--cap", "mgr", "allow *"]), ("client.rgw.a", ["--cap", "osd", "allow *", "--cap", "mgr", "allow *"]) })
            Running.Run("ceph-authtool", [.. File.Exists(_folder.File("keyring")) ? Array.Empty<string>() : ["--create-keyring"], _folder.File("keyring"), "-n", name, "--gen-key", "--cap", "mon", "allow *", .. more]);
    }

    private void StartStorage()
    {
        Running.Run("monmaptool", "--create", "--addv", "a", Monitor(), "--fsid", Cluster, _folder.File("monmap"), "--clobber");
        Running.Run("ceph-mon", "-c", Configuration, "-i", "a", "--mkfs", "--monmap", _folder.File("monmap"), "--keyring", _folder.File("keyring"));
        Start("ceph-mon", "-i", "a");
        Await(() => Ceph("-s"));
        Start("ceph-mgr", "-i", "x");
        var disk = Guid.NewGuid().ToString();
        Ceph("osd", "new", disk);
        Running.Run("ceph-osd", "-c", Configuration, "-i", "0", "--mkfs", "--osd-uuid", disk);
        Start("ceph-osd", "-i", "0");
        Await(() => Ceph("osd", "stat").Contains("1 up", StringComparison.Ordinal) ? "up" : throw new InvalidOperationException("The disk is not up."));
    }

    private void Start(string program, params string[] arguments) => _running.Add(Running.Start(program, ["-c", Configuration, .. arguments, "-f"]));

    private string Ceph(params string[] arguments) => Running.Run("timeout", ["10", "ceph", "-c", Configuration, .. arguments]);

    private static void Await(Func<string> answer)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(200))
        {
            try
            {
                answer();
                return;
            }
            catch (InvalidOperationException) when (waited.Elapsed < Patience)
            {
            }
        }
    }

    private const string Cluster = "11111111-2222-3333-4444-555555555555";

    private string Monitor() => File.ReadLines(Configuration).Single(line => line.StartsWith("mon host", StringComparison.Ordinal)).Split('=', 2)[1].Trim();

    private string Written(int monitor, int oldMonitor) => $"""
        [global]
        keyring = {_folder.File("keyring")}
        fsid = {Cluster}
        mon host = [v2:127.0.0.1:{monitor},v1:127.0.0.1:{oldMonitor}]
        public network = 127.0.0.0/8
        cluster network = 127.0.0.0/8
        public addr = 127.0.0.1
        osd pool default size = 1
        osd pool default min size = 1
        osd crush chooseleaf type = 0
        mon allow pool size one = true
        mon warn on pool no redundancy = false
        osd pool default pg num = 1
        osd pool default pg autoscale mode = off
        osd max object name len = 1024
        run dir = {_folder.File("run")}
        admin socket = {_folder.File("run")}/$name.asok
        log file = {_folder.File("run")}/$name.log
        pid file = {_folder.File("run")}/$name.pid
        bluestore block size = 2147483648
        bluestore block create = true
        bluestore fsck on mount = false
        osd memory target = 939524096
        ms bind ipv6 = false
        [mon.a]
        mon data = {_folder.File("mon")}
        [mgr.x]
        mgr data = {_folder.File("mgr")}
        [osd.0]
        osd data = {_folder.File("osd")}
        [client.rgw.a]
        rgw frontends = beast endpoint=127.0.0.1:{Port}
        rgw data = {_folder.File("gateway")}

        """;
}

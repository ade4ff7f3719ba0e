using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Evidence;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Evidence;

/// <summary>A real time-stamp authority over HTTP on loopback: <c>openssl ts</c> answers.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plainproof-tsa-").FullName;
    private readonly Lock _serial = new();
    private readonly HttpListener _listener;
    private IReadOnlyDictionary<string, string> _environment = new Dictionary<string, string>();

    private TestAuthority(string name)
    {
        Name = name;
        (_listener, Address) = Listen();
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Stands between openssl and the caller: what to send instead.</summary>
    public Func<byte[], byte[]> Twist { get; set; } = answer => answer;

    public string CaFile => Path.Combine(_folder, "ca.pem");

    public X509Certificate2Collection Roots
    {
        get
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(CaFile);
            return roots;
        }
    }

    public TimestampAuthority ForLog => TimestampAuthority.Create(Name, Address, Roots);

    /// <param name="name">Names its files.</param>
    /// <param name="use">The extended key usage of its certificate.</param>
    /// <param name="environment">For openssl when it answers, such as a clock of its own.</param>
    /// <param name="days">How long its certificate holds.</param>
    public static async Task<TestAuthority> StartAsync(string name = "test-tsa", string use = "critical,timeStamping", IReadOnlyDictionary<string, string>? environment = null, int days = 1)
    {
        var authority = new TestAuthority(name) { _environment = environment ?? new Dictionary<string, string>() };
        await authority.MakeCertificatesAsync(use, days);
        _ = Task.Run(authority.ServeAsync);
        return authority;
    }

    public void Dispose()
    {
        _listener.Close();
        Directory.Delete(_folder, recursive: true);
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var port = 17110; ; port++)
        {
            // A listener whose start failed cannot be used again.
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (Exception taken) when (port < 17148 && taken is HttpListenerException or SocketException)
            {
                continue;
            }
        }
    }

    private async Task MakeCertificatesAsync(string use, int days)
    {
        const string Key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
        File.WriteAllText(Path.Combine(_folder, "ext.cnf"), $"extendedKeyUsage = {use}\nbasicConstraints = CA:FALSE\n");
        File.WriteAllText(Path.Combine(_folder, "serial"), "01\n");
        File.WriteAllText(Path.Combine(_folder, "tsa.cnf"), """
            [tsa]
            default_tsa = here
            [here]
            serial = serial
            signer_cert = tsa.pem
            signer_key = tsa.key
            certs = ca.pem
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            """);
        await Tool.RunAsync(_folder, "openssl", $"req -x509 {Key} -keyout ca.key -out ca.pem -days {days + 29} -subj /CN=Root-{Name}".Split(' '));
        await Tool.RunAsync(_folder, "openssl", $"req {Key} -keyout tsa.key -out tsa.csr -subj /CN=Stamp-{Name}".Split(' '));
        await Tool.RunAsync(
            _folder, "openssl", $"x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days {days} -extfile ext.cnf".Split(' '));
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(call);
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            using var query = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(query);
            var answer = Twist(Reply(query.ToArray()));
            call.Response.ContentType = "application/timestamp-reply";
            call.Response.StatusCode = answer.Length > 0 ? 200 : 503;
            call.Response.ContentLength64 = answer.Length;
            await call.Response.OutputStream.WriteAsync(answer);
            call.Response.Close();
        }
        catch (Exception) when (!_listener.IsListening)
        {
            return;
        }
        catch (Exception failed)
        {
            // The test that asked sees the broken answer; the next question is served all the same.
            await Console.Error.WriteLineAsync($"The test authority could not answer: {failed.Message.Split((char)10)[0]}");
            call.Response.Abort();
        }
    }

    private byte[] Reply(byte[] query)
    {
        lock (_serial)
        {
            File.WriteAllBytes(Path.Combine(_folder, "q.tsq"), query);
            Running.Run("/usr/bin/env", ["-C", _folder, .. _environment.Select(one => $"{one.Key}={one.Value}"), "openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "here", "-queryfile", "q.tsq", "-out", "r.tsr"]);
            return File.ReadAllBytes(Path.Combine(_folder, "r.tsr"));
        }
    }
}

/// <summary>Runs a program that a test needs.</summary>
internal static class Tool
{
    public static async Task<string> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        var (code, output) = await TryAsync(folder, program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    public static async Task<(int Code, string Output)> TryAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode", ["GOFLAGS"] = "" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}

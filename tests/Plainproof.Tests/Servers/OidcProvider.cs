using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Plainproof.Tests.Servers;

/// <summary>A real OpenID Connect provider, the npm package <c>oidc-provider</c>, on loopback. Fetched once, when it is first needed.</summary>
internal sealed class OidcProvider : IDisposable
{
    private static readonly Lock Fetching = new();
    private readonly Running _provider;

    private OidcProvider(int port, string redirect)
    {
        Authority = new Uri($"http://127.0.0.1:{port}");
        _provider = Running.Start("node", [Path.Combine(Folder(), "provider.mjs"), $"{port}", redirect]);
        _provider.WaitForPort(port, seconds: 60);
    }

    public const string ClientId = "plainproof";
    public const string ClientSecret = "a-secret-for-tests-only";

    public Uri Authority { get; }

    public static OidcProvider Start(string redirect)
    {
        if (!OnPath("node") || !OnPath("npm"))
            Assert.Skip("Node.js is not installed here, and the provider for this test needs it.");
        return new OidcProvider(Running.FreePort(), redirect);
    }

    public void Dispose() => _provider.Dispose();

    private static string Folder()
    {
        var folder = Repository.File("tests", "Plainproof.Tests", "Servers", "oidc");
        lock (Fetching)
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
                Running.Run("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--no-package-lock");
        }

        return folder;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

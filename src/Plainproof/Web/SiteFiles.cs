using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plainproof.Documents;

namespace Plainproof.Web;

/// <summary>
/// Style sheets, scripts and pictures, embedded in the program and found by folder. The style sheets become one: the one that reports
/// use, then Web/, then each feature's. Addresses carry a hash of the content, so browsers may keep them for ever.
/// </summary>
internal static class SiteFiles
{
    private const string Prefix = "site/";
    private const string Route = "/files/";

    private static readonly Lazy<Dictionary<string, SiteFile>> All = new(Read);

    /// <summary>The address of an embedded file.</summary>
    /// <param name="name"><c>site.css</c> for the one style sheet; otherwise the file's own name, such as <c>passkeys.js</c>.</param>
    /// <exception cref="KeyNotFoundException">No feature has such a file.</exception>
    public static string AddressOf(string name) => All.Value[name].Address;

    public static void MapSiteFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var file in All.Value.Values)
            routes.MapGet(file.Address, file.SendAsync).AllowAnonymous();
    }

    private static Dictionary<string, SiteFile> Read()
    {
        var assembly = typeof(SiteFiles).Assembly;
        var found = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(name => !name.StartsWith(Prefix + "Web", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal).ToList();
        var style = new StringBuilder(HtmlPage.StyleSheet);
        var files = new Dictionary<string, SiteFile>(StringComparer.Ordinal);
        foreach (var resource in found)
        {
            var bytes = Bytes(assembly, resource);
            if (resource.EndsWith(".css", StringComparison.Ordinal))
                style.Append('\n').Append(Encoding.UTF8.GetString(bytes));
            else
                Add(files, resource[(resource.LastIndexOfAny(['/', '\\']) + 1)..], bytes);
        }

        Add(files, "site.css", Encoding.UTF8.GetBytes(style.ToString()));
        return files;
    }

    private static void Add(Dictionary<string, SiteFile> files, string name, byte[] bytes) => files.Add(name, SiteFile.Of(Route, name, bytes));

    private static byte[] Bytes(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record SiteFile(string Address, string MediaType, byte[] Plain, byte[] Brotli)
    {
        public static SiteFile Of(string route, string name, byte[] bytes)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
            var mediaType = Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                var other => throw new InvalidOperationException($"Files that end in {other} have no media type here."),
            };
            return new SiteFile($"{route}{hash}/{name}", mediaType, bytes, Compress(bytes));
        }

        public Task SendAsync(HttpContext context)
        {
            var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
            var body = brotli ? Brotli : Plain;
            var headers = context.Response.Headers;
            headers.CacheControl = "public, max-age=31536000, immutable";
            headers.Remove("Pragma");
            headers.ContentType = MediaType;
            headers.Vary = "Accept-Encoding";
            headers.ContentLength = body.Length;
            if (brotli)
                headers.ContentEncoding = "br";
            return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        }

        private static byte[] Compress(byte[] bytes)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
                brotli.Write(bytes);
            return packed.ToArray();
        }
    }
}

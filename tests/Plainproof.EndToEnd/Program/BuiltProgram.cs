using Plainproof.Tests;
using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.Program;

/// <summary>The program that people run, as <c>./plainproof</c> builds it.</summary>
internal static class BuiltProgram
{
    private static readonly Lazy<string> Built = new(Find);

    public static string Path => Built.Value;

    /// <summary>The script builds it under a lock of its own, so that two test programs never build at once.</summary>
    private static string Find()
    {
        var app = Repository.File(".build", "app", "plainproof");
        if (!File.Exists(app))
            Running.Run(Repository.File("plainproof"), "--version");
        return app;
    }
}

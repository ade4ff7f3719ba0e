using Plainproof.Tests.Sources;

namespace Plainproof.Tests.Servers;

/// <summary>What the tests of the source read of the one domain controller; other tests start it without them.</summary>
public sealed partial class SambaServer
{
    private Task<Reading>? _reading;

    /// <summary>The whole domain as the reader sees it; read once for all tests that only look.</summary>
    internal Task<Reading> ReadAsync() => _reading ??= Reading.OfAsync(Source());

    internal Task<Reading> RosterAsync() => Reading.OfAsync($"people={_folder.Write("people.csv", SambaDomain.Roster())}");
}

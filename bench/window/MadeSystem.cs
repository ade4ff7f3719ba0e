using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Bench.Window;

/// <summary>All things of one kind that a system tells.</summary>
internal sealed record Told(Aspect Aspect, string Kind, IReadOnlyList<(string Id, object Value)> Things)
{
    public static Told Of<TThing, T>(string kind, IEnumerable<TThing> things, Func<TThing, string> id, Func<TThing, T> value) where T : notnull =>
        new(Aspect.Of<T>(), kind, [.. things.Select(thing => (id(thing), (object)value(thing)))]);
}

/// <summary>A system that is asked without a network, and answers in full. What it tells is sealed and stored as that of any other.</summary>
internal sealed class MadeSystem(string name, string scope, Func<IEnumerable<Told>> tell) : ISource
{
    public Target Target { get; } = Target.Parse(name);

    public SourceInfo Info { get; } = new(name, 1, name, "Made up to be measured.", null, name, [], [.. tell().Select(told => new Offer(told.Aspect, [], "nothing"))], "At once.");

    public string ScopeOf(Target target) => scope;

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var all = tell().ToList();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new JsonObject(all.Select(told => KeyValuePair.Create(told.Aspect.Name, (JsonNode?)Raw(told)))), FactJson.Options);
        var blob = await sink.KeepAsync("application/json", new MemoryStream(bytes), stop);
        sink.Principal("plainproof");
        sink.Called(new Call("everything", Items: all.Sum(told => told.Things.Count), Bytes: bytes.Length));
        foreach (var told in all)
        {
            foreach (var (i, (id, value)) in told.Things.Index())
                await sink.AddAsync(new Fact(Subjects.Of(scope, told.Kind, id), told.Aspect, value, new Pointer(blob, $"/{told.Aspect.Name}/{i}")), stop);
            await sink.CoverAsync(new Coverage(told.Aspect, scope, Completeness.Complete, Read: told.Things.Count, Expected: told.Things.Count), stop);
        }
    }

    private static JsonArray Raw(Told told) => new([.. told.Things.Select(thing => JsonSerializer.SerializeToNode(thing.Value, thing.Value.GetType(), FactJson.Options))]);
}

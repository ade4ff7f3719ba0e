using Plainproof.Storage.Archives;

namespace Plainproof.Features.Safekeeping;

/// <summary>Brings a backup back into an empty place. Exit 0: all of it is there.</summary>
internal sealed class Restore(string file, string target, TimeProvider clock)
{
    public async Task<int> RunAsync(TextWriter output, CancellationToken stop)
    {
        var manifest = await new DataRestore(file, target, clock).RunAsync(stop);
        await output.WriteLineAsync($"Restored {Amounts.Of(manifest)} to {target}".AsMemory(), stop);
        await output.WriteLineAsync($"The backup was made on {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC by version {manifest.Version}. Every hash was checked.".AsMemory(), stop);
        await output.WriteLineAsync("What was stored after that day is not in it. Do not run the old folder beside this one: two logs would grow under one name.".AsMemory(), stop);
        return 0;
    }
}

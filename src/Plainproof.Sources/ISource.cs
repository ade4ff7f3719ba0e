using Plainproof.Facts;

namespace Plainproof.Sources;

/// <summary>A kind of system that can be read. Found by folder; the only code with credentials and a network.</summary>
public interface ISource
{
    SourceInfo Info { get; }

    /// <summary>The stable name of the system a target points at, such as <c>directory:corp.example.test</c>. Needs no connection.</summary>
    /// <exception cref="BadTarget">The address or an option is wrong; lists every problem at once.</exception>
    string ScopeOf(Target target);

    /// <summary>What this target can tell: less than the source can, where a file holds only one kind. Needs no connection.</summary>
    /// <exception cref="BadTarget">As for <see cref="ScopeOf"/>.</exception>
    IReadOnlyList<Offer> OffersOf(Target target) => Info.Offers;

    /// <summary>
    /// Reads what is wanted and tells the sink facts and one coverage line per wanted aspect.
    /// Reads only; asks for nothing beyond the declared permissions.
    /// </summary>
    /// <exception cref="CannotRead">Covers every wanted aspect that has no coverage line yet. What was told before stays.</exception>
    Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop);
}

/// <param name="Name">The word on the command line: <c>directory</c>.</param>
/// <param name="Version">Raised when the same system would give other facts.</param>
/// <param name="Address">How to write the address, such as <c>ldaps://HOST[:PORT]</c>; null when it takes none.</param>
/// <param name="Pace">How gently it reads, in plain words.</param>
public sealed record SourceInfo(
    string Name, int Version, string Title, string Plain, string? Address, string Example,
    IReadOnlyList<SourceOption> Options, IReadOnlyList<Offer> Offers, string Pace)
{
    /// <summary>What the address leads to. Left out it is the most guarded: something on this machine.</summary>
    public AddressKind Leads { get; init; } = AddressKind.Machine;
}

/// <summary>What an address leads to, so that a page knows who may type it.</summary>
public enum AddressKind
{
    /// <summary>A place on this machine, or a program of this machine with what it may do. Only for whoever owns the machine.</summary>
    Machine,

    /// <summary>A file: on the command line a path, on a page one that is uploaded there.</summary>
    File,

    /// <summary>A system over the network. Without an address it may still mean this machine.</summary>
    Network,
}

/// <param name="Secret">True when the value may only come from a file or an environment variable: <c>NAME-file</c>, <c>NAME-env</c>.</param>
public sealed record SourceOption(string Name, string Plain, bool Secret = false, bool Required = false, OptionKind Kind = OptionKind.Text)
{
    /// <summary>Never part of what is shown or written down: a secret, or the text of a file.</summary>
    public bool IsWithheld => Secret || Kind is OptionKind.File or OptionKind.SecretFile;
}

/// <summary>What an option holds.</summary>
public enum OptionKind
{
    Text,
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    YesNo,

    /// <summary>A path to a file whose text is read; on a page the text itself.</summary>
    File,

    /// <summary>As <see cref="File"/>, and the text is a secret.</summary>
    SecretFile,

    /// <summary>A path or a program that only means something on this machine. Pages do not offer it.</summary>
    Machine,
}

/// <summary>One aspect that the source can read, and the least it needs to be allowed to do.</summary>
/// <param name="Calls">What it asks the system, for the people who run it.</param>
public sealed record Offer(Aspect Aspect, IReadOnlyList<Permission> Permissions, string Calls);

/// <param name="Where">The system or layer that grants it: <c>PostgreSQL</c>, <c>sudoers</c>, <c>directory</c>.</param>
/// <param name="Grant">The exact text to paste or tick. Equal grants are printed once.</param>
/// <param name="Why">What it is for, in plain words.</param>
public sealed record Permission(string Where, string Grant, string Why);

/// <summary>Takes what a source reads. Implemented by the executable, which removes secrets, seals and stores.</summary>
public interface ISink
{
    /// <summary>Seals raw bytes as evidence, secrets removed first, and names them.</summary>
    Task<Digest> KeepAsync(string mediaType, Stream bytes, CancellationToken stop);

    ValueTask AddAsync(Fact fact, CancellationToken stop);

    /// <summary>Says how completely one aspect was read. Once per wanted aspect.</summary>
    ValueTask CoverAsync(Coverage line, CancellationToken stop);

    /// <summary>Who we were signed in as, as the system itself tells it.</summary>
    void Principal(string name);

    /// <summary>One question asked of the system; for the evidence and the polite-use record.</summary>
    void Called(Call call);

    /// <summary>Shown to the person who waits.</summary>
    void Progress(string doing, long done = 0, long? of = null);
}

/// <param name="What">Method and template without values or secrets: <c>search (objectClass=user)</c>.</param>
public sealed record Call(string What, int Pages = 1, long Items = 0, long Bytes = 0, double Milliseconds = 0, string Status = "ok");

/// <summary>The system could not be read. The state tells why; never merged with another.</summary>
/// <param name="why">What happened, in plain words.</param>
/// <param name="mend">How to let Plainproof read it.</param>
public sealed class CannotRead(Completeness state, string why, string? mend = null, Exception? cause = null) : Exception(why, cause)
{
    public Completeness State { get; } = state;

    public string? Mend { get; } = mend;
}

/// <summary>What the person typed cannot work. Holds every problem found.</summary>
public sealed class BadTarget(IReadOnlyList<string> problems) : Exception(string.Join("\n", problems))
{
    public BadTarget(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}

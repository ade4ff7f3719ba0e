using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Push;

/// <summary>
/// Facts that a script of the company's own sends, from systems that no source reads yet. They are labelled as pushed, taken whole or not at all,
/// and as complete as the sender says. One file holds one kind; only that kind is covered.
/// </summary>
internal sealed partial class PushSource : ISource
{
    public SourceInfo Info { get; } = new(
        "push", 1, "Pushed facts", "Facts from a script of your own: one JSON line for each thing.", "FILE",
        "--source \"push=merges.jsonl?kind=change.merge&name=jira\"",
        [
            new SourceOption("kind", "The kind of fact, such as change.merge. Left out: the file's first line says it."),
            new SourceOption("name", "Where the facts come from, such as jira. Left out: the file's first line says it, or the file's name."),
            new SourceOption("completeness", "complete, partial or unproven. Left out: what the first line says, or unproven."),
            new SourceOption("expected", "How many there are, by another way of counting."),
            new SourceOption("from", "First day that the list covers."),
            new SourceOption("to", "Last day that the list covers."),
            new SourceOption("says", "Where the list comes from, or what is missing."),
        ],
        [.. Kinds.All.Select(aspect => new Offer(aspect, [], "reads the file, asks no system"))],
        "Reads one file, from the first line to the last.")
    { Leads = AddressKind.File };

    public string ScopeOf(Target target)
    {
        using var file = Open(target);
        return Describe(target, file).Scope!;
    }

    public IReadOnlyList<Offer> OffersOf(Target target)
    {
        using var file = Open(target);
        var kind = new Aspect(Describe(target, file).Kind);
        return [.. Info.Offers.Where(offer => offer.Aspect == kind)];
    }

    /// <summary>Away from whoever waits: a page has one thread, which would wait for itself.</summary>
    private static PushHeader Describe(Target target, FileStream file) => Task.Run(() => Describe(target, file, CancellationToken.None)).GetAwaiter().GetResult();

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        await using var file = Open(target);
        var header = await Describe(target, file, stop);
        var aspect = new Aspect(header.Kind);
        if (!wanted.Contains(aspect))
            return;
        var kind = Kinds.TypeOf(aspect)!;
        await CheckAsync(target, file, kind, sink, stop);

        file.Position = 0;
        var digest = await sink.KeepAsync("application/jsonl", file, stop);
        file.Position = 0;
        var read = await PushFile.ReadAsync(
            file, kind, line => sink.AddAsync(new Fact(SubjectOf(header.Scope!, line.Subject), aspect, line.Value, new Pointer(digest, $"line:{line.Line}")), stop), stop);
        if (read.Wrong > 0)
            throw new CannotRead(Completeness.Failed, $"{target.Address} changed while it was read.", "Push it again when nothing writes to it.");
        sink.Called(new Call("read file", 1, read.Facts, file.Length));
        await sink.CoverAsync(header.ToCoverage(header.Scope!, read.Facts), stop);
    }

    /// <summary>Reads the whole file once without taking anything, so that one wrong line leaves nothing behind.</summary>
    private static async Task CheckAsync(Target target, FileStream file, Type kind, ISink sink, CancellationToken stop)
    {
        file.Position = 0;
        sink.Progress($"checking {target.Address}");
        var check = await PushFile.ReadAsync(file, kind, _ => ValueTask.CompletedTask, stop);
        if (check.Wrong == 0)
            return;
        var told = check.Problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).Select(problem => $"{target.Address}:{problem}").ToList();
        if (check.Wrong > told.Count)
            told.Add($"{target.Address}: and {check.Wrong - told.Count} more mistakes.");
        throw new BadTarget([.. told, $"{target.Address}: nothing was taken. Mend the lines and push the file again."]);
    }

    /// <summary>What the file's first line and the options say together; they must not contradict each other.</summary>
    private static async Task<PushHeader> Describe(Target target, FileStream file, CancellationToken stop)
    {
        file.Position = 0;
        var told = await PushFile.HeaderAsync(file, target.Address!, stop);
        var problems = new List<string>();
        var kind = One("kind", target.Option("kind"), told?.Kind, problems);
        if (kind is null)
            problems.Add($"{target.Address}: the kind is not said. Add kind=KIND, or a first line with \"plainproof\" and \"kind\".");
        else if (Kinds.TypeOf(new Aspect(kind)) is null)
            problems.Add($"{target.Address}: there is no kind of fact '{kind}'.{Nearest.Hint(kind, Kinds.All.Select(aspect => aspect.Name))} Kinds are: {string.Join(", ", Kinds.All)}.");
        var scope = One("scope", target.Option("name") is { } name ? $"push:{name}" : null, told?.Scope, problems) ?? $"push:{Plain(Path.GetFileNameWithoutExtension(target.Address!))}";
        if (!Scope().IsMatch(scope))
            problems.Add($"{target.Address}: the scope '{scope}' must be push: and a name of small letters, digits, dots and dashes.");
        var header = new PushHeader(
            PushHeader.Format, kind ?? "", scope, Option<PushCompleteness>(target, "completeness", problems) ?? told?.Completeness ?? PushCompleteness.Unproven,
            OptionOf<long>(target, "expected", problems) ?? told?.Expected, OptionOf<DateOnly>(target, "from", problems) ?? told?.From,
            OptionOf<DateOnly>(target, "to", problems) ?? told?.To, target.Option("says") ?? told?.Says);
        return problems.Count == 0 ? header : throw new BadTarget(problems);
    }

    private static string? One(string what, string? typed, string? told, List<string> problems)
    {
        if (typed is not null && told is not null && typed != told)
            problems.Add($"The {what} is {typed} as typed, and {told} in the file's first line. Leave one out.");
        return typed ?? told;
    }

    private static TEnum? Option<TEnum>(Target target, string name, List<string> problems) where TEnum : struct, Enum
    {
        if (target.Option(name) is not { } text)
            return null;
        var words = FactShape.Of(typeof(TEnum)).Words;
        if (words.Contains(text, StringComparer.Ordinal))
            return Enum.Parse<TEnum>(text, ignoreCase: true);
        problems.Add($"{name}={text} is not known. Use {string.Join(", ", words)}.{Nearest.Hint(text, words)}");
        return null;
    }

    private static T? OptionOf<T>(Target target, string name, List<string> problems) where T : struct, IParsable<T>
    {
        if (target.Option(name) is not { } text)
            return null;
        if (T.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value))
            return value;
        problems.Add($"{name}={text} must be {FactShape.Of(typeof(T)).Plain}.");
        return null;
    }

    private static FileStream Open(Target target)
    {
        try
        {
            return new FileStream(target.Address!, FileMode.Open, FileAccess.Read, FileShare.Read, 256 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadTarget($"{target.Address}: {e.Message} Check the path and who may read it.");
        }
    }

    private static string SubjectOf(string scope, string subject) =>
        subject.StartsWith(scope + "/", StringComparison.Ordinal) ? subject : $"{scope}/{subject}";

    private static string Plain(string name) => NotPlain().Replace(name.ToLowerInvariant(), "-");

    [GeneratedRegex("^push:[a-z0-9][a-z0-9._-]*$")]
    private static partial Regex Scope();

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex NotPlain();
}

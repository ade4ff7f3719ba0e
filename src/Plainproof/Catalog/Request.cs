namespace Plainproof.Catalog;

internal sealed record RequestsFile
{
    public required IReadOnlyList<Request> Requests { get; init; }
}

/// <summary>One line of the list of information an auditor asks for.</summary>
internal sealed record Request
{
    public required string Id { get; init; }
    public required string Group { get; init; }
    public required string Item { get; init; }
    public required IReadOnlyList<RequestKind> Kind { get; init; }
    public required RequestTypes Types { get; init; }

    /// <summary>Criteria (CC6.1) and sections of the description (DC4).</summary>
    public IReadOnlyList<string> Criteria { get; init; } = [];
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Kinds of complete lists that answer it.</summary>
    public IReadOnlyList<string> Populations { get; init; } = [];
}

/// <summary>Asked in a Type I (yes, for one example, no) and in a Type II.</summary>
internal sealed record RequestTypes
{
    public required InTypeOne Type1 { get; init; }
    public required bool Type2 { get; init; }
}

internal enum InTypeOne { Yes, One, No }

internal enum RequestKind { Document, Configuration, Population, Sample, Interview, Observation }

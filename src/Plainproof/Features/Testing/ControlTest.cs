using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Features.Sampling;
using Plainproof.Storage.Records;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Testing;

/// <summary>What of a control is tested.</summary>
internal enum TestPart
{
    /// <summary>Whether it would meet its criteria if it were done as it is worded.</summary>
    Design,

    /// <summary>Whether it was done so over a window. No part of a Type I.</summary>
    Operation,
}

/// <summary>How an auditor tested.</summary>
internal enum TestMethod
{
    Inquiry,
    Observation,
    Inspection,
    Reperformance,
}

/// <summary>What an auditor concluded. The first is for either part, the next two for design, the others for operation.</summary>
internal enum TestConclusion
{
    NotConcluded,
    SuitablyDesigned,
    NotSuitablyDesigned,
    OperatedEffectively,
    OperatedWithExceptions,
    DidNotOperate,
}

/// <summary>
/// What an auditor did to test one part of one control, and what they concluded. Theirs alone: nobody else reads or writes it (law 5). Never
/// edited: a newer one stands beside it.
/// </summary>
internal sealed class ControlTest : CompanyRecord
{
    /// <summary>The id of the engagement.</summary>
    public required string Engagement { get; init; }

    /// <summary>The id of the control.</summary>
    public required string Control { get; init; }

    /// <summary>The id of the wording that was tested; empty for the one that we suggest.</summary>
    public required string Wording { get; init; }

    public required TestPart Part { get; init; }

    /// <summary>The words of <see cref="TestMethod"/>, with blanks between.</summary>
    public required string Methods { get; init; }

    public required string Done { get; init; }

    /// <summary>Where they looked, when the control had no occasion in the window; else empty.</summary>
    public required string Searched { get; init; }

    public required TestConclusion Conclusion { get; init; }

    public required string Note { get; init; }

    /// <summary>Where it stands in the auditor's own papers.</summary>
    public required string Reference { get; init; }

    /// <summary>Stands before the test under its commitment in the log; in hexadecimal.</summary>
    public required string Salt { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public required string WrittenBy { get; init; }

    public Commitment Commitment => new(Salt, new JsonObject
    {
        ["engagement"] = Engagement,
        ["control"] = Control,
        ["wording"] = Wording,
        ["part"] = Words.Of(Part),
        ["methods"] = Methods,
        ["done"] = Done,
        ["searched"] = Searched,
        ["conclusion"] = Words.Of(Conclusion),
        ["note"] = Note,
        ["reference"] = Reference,
    }.ToJsonString());

    public IReadOnlyList<TestMethod> MethodList => [.. Methods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Parse<TestMethod>)];

    public bool SaysTheSameAs(ControlTest other) =>
        (Methods, Done, Searched, Conclusion, Note, Reference) == (other.Methods, other.Done, other.Searched, other.Conclusion, other.Note, other.Reference);
}

internal sealed class ControlTestConfiguration : IEntityTypeConfiguration<ControlTest>
{
    public void Configure(EntityTypeBuilder<ControlTest> builder)
    {
        builder.Ignore(test => test.Commitment);
        builder.Ignore(test => test.MethodList);
    }
}

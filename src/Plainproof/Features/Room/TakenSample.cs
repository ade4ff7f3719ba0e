using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Room;

/// <summary>How a room's key came to the company.</summary>
internal enum KeyCame
{
    /// <summary>With the sample that it is to prove.</summary>
    WithTheSample,

    /// <summary>From elsewhere, before.</summary>
    FromElsewhere,
}

/// <summary>That a sample was drawn in an auditor's room, and who brought it. Its id is that of the sample. Never changed.</summary>
internal sealed class TakenSample : CompanyRecord
{
    /// <summary>SHA-256 of the list of the package that the room was made of.</summary>
    public required string Package { get; init; }

    /// <summary>Of the room's log, as one line.</summary>
    public required string RoomKey { get; init; }

    public required KeyCame KeyFrom { get; init; }

    /// <summary>The file as it came: it proves the sample without us.</summary>
    public required string Content { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required string TakenBy { get; init; }

    public IssuedSample Issued() => IssuedSample.Parse(Encoding.UTF8.GetBytes(Content));
}

internal sealed class TakenSampleConfiguration : IEntityTypeConfiguration<TakenSample>
{
    public void Configure(EntityTypeBuilder<TakenSample> builder)
    {
        // The conventions suffice; the class puts the record into the model.
    }
}

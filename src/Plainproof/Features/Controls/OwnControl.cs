using Plainproof.Catalog;

namespace Plainproof.Features.Controls;

/// <summary>A company's own control in the shape of the catalogue's. No check and no gap of ours speaks about it.</summary>
internal static class OwnControl
{
    public const string Family = "Your own";

    /// <summary>Null when there is no version, or it words a control of the catalogue.</summary>
    public static Control? Of(ControlVersion? version) => version is not { IsOwn: true } ? null : new Control
    {
        Id = version.ControlId,
        Family = Family,
        Title = version.Title,
        Statement = version.Statement,
        Plain = "",
        Criteria = version.CriteriaIds,
        Frequency = new Frequency { Text = version.Frequency, Every = [] },
        Nature = Nature.Manual,
        Owner = version.Owner,
        Tier = Tier.Optional,
        Evidence = [],
        Gap = "",
    };
}

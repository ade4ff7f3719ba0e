using System.Text.Json;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Storage;

namespace Plainproof.Features.Room;

/// <summary>What a room was made from, and what was found when its package was checked. The file in the data folder that makes it a room.</summary>
/// <param name="ListDigest">Names the very package.</param>
/// <param name="Title">How the package calls its company.</param>
/// <param name="Log">The name of the company's log.</param>
/// <param name="Key">The key that the log was checked with, as one line.</param>
/// <param name="Engagement">Its id.</param>
/// <param name="IsSample">The log says of itself that all of it is made up.</param>
/// <param name="Auditor">The one person there.</param>
/// <param name="Findings">Of the newest check of the package.</param>
/// <param name="Limits">What a clean result still does not prove.</param>
internal sealed record RoomAbout(
    string ListDigest, string Title, string Log, string Key, long Entries, string Engagement, string EngagementTitle, bool IsSample, string Auditor, DateTimeOffset MadeAt,
    DateTimeOffset CheckedAt, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Limits)
{
    public IEnumerable<Finding> NotChecked => Findings.Where(finding => finding.Outcome != Outcome.Checked);

    /// <exception cref="BadInput">It is no room, or its file was changed.</exception>
    public static RoomAbout Of(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<RoomAbout>(File.ReadAllBytes(DataFolder.RoomFileOf(folder)), FactJson.Options) ?? throw new JsonException("It is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BadInput($"{DataFolder.RoomFileOf(folder)}: this room cannot be opened: {e.Message}");
        }
    }

    public Task WriteAsync(string folder, CancellationToken stop) => WholeFile.WriteAsync(
        DataFolder.RoomFileOf(folder), System.Text.Encoding.UTF8.GetBytes(JsonText.Of(this)), replaces: true, why => $"{DataFolder.RoomFileOf(folder)} cannot be written: {why}", stop);
}

using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Features.Sampling;

namespace Plainproof.Features.Room;

/// <summary>The way of a sample from an auditor's room to the company, for scripts.</summary>
internal sealed class RoomApi : IApiDoor
{
    private const string Bytes = "application/octet-stream";

    public string Title => "Samples from a room";

    public void Map(ApiRoutes routes) => routes.Company.MapPost("/samples/taken", TakeAsync).Needs(Scope.Work, Ability.ManageEngagement).Accepts<string>(Bytes)
        .Is("takeSample", "Take in a sample from the auditor's room", "The body is the file that the auditor gave, byte for byte. All that is wrong with it is told at once, and then nothing is taken. Taken twice, it is there once.")
        .Example("""{ "format": "plainproof-issued-sample/1" }""", Bytes);

    private static async Task<TakenAnswer> TakeAsync(HttpContext context, TakeSample take, CancellationToken stop, [Description("The key of the room as you got it from elsewhere, one line. Left out: the one in the file, which is self-asserted.")] string? vkey = null)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, stop);
        return TakenAnswer.Of(await take.RunAsync("The file", bytes.ToArray(), vkey, stop));
    }
}

/// <param name="Sample">Its id.</param>
/// <param name="Items">How many rows it has.</param>
/// <param name="KeyFrom">How the key of the room came.</param>
/// <param name="OfThisList">How many samples the room had drawn of the list, issued and dropped, when it issued this one.</param>
/// <param name="IsNew">False when it was taken in before.</param>
internal sealed record TakenAnswer(string Sample, int Items, KeyCame KeyFrom, SampleTally OfThisList, bool IsNew)
{
    public static TakenAnswer Of(TakeDone it) => new(it.Id, it.Items, it.KeyFrom, it.Tally, it.IsNew);
}

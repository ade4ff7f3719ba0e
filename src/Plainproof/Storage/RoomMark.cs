namespace Plainproof.Storage;

/// <summary>
/// What makes a company the copy in an auditor's room: a row in its own database, put there at birth, with the package that it came from. Only
/// the company of this name can carry it. The database itself refuses to change the row or to take it away, and takes in no facts beside it:
/// see the migration beside Features/Room.
/// </summary>
/// <param name="ListDigest">SHA-256 of the list of the package.</param>
internal sealed record RoomMark(DateTimeOffset MadeAt, string MadeBy, string ListDigest)
{
    /// <summary>The one name that the company in a room has.</summary>
    public const string Company = "room";

    /// <returns>Null for every other company. Nothing is made.</returns>
    public static async Task<RoomMark?> FindAsync(Database database, CancellationToken stop)
    {
        if (database.Company != Company)
            return null;
        await using var connection = await database.OpenAsync(stop);
        return !await database.HasTableAsync(connection, "room_mark", stop) ? null
            : (await connection.Command("SELECT made_at, made_by, list_digest FROM room_mark WHERE company = @company", ("company", database.Company))
                .ListAsync(row => new RoomMark(Micros.Time(row.GetInt64(0)), row.GetString(1), row.GetString(2)), stop)).SingleOrDefault();
    }

    /// <summary>Marks a company that is being born. The database refuses when it holds something already.</summary>
    public async Task GiveAsync(Database database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginWriteAsync(connection, stop);
        await within.Command(
            "INSERT INTO room_mark (company, made_at, made_by, list_digest) VALUES (@company, @at, @by, @digest)",
            ("company", database.Company), ("at", Micros.Of(MadeAt)), ("by", MadeBy), ("digest", ListDigest)).RunAsync(stop);
        await within.CommitAsync(stop);
    }

    /// <summary>Called before anything is taken into a company as its own.</summary>
    /// <param name="what">What was to be done, as a sentence that says that it was not.</param>
    /// <exception cref="DataProblem">The company is the copy in a room.</exception>
    public static async Task RefuseAsync(Database database, string what, CancellationToken stop)
    {
        if (await FindAsync(database, stop) is not null)
            throw new DataProblem(
                what, database.Where, "This is an auditor's room. What the company gave in its package stands in it, and nothing is added to it.",
                "Do it in the company's own data folder.");
    }
}

namespace Plainproof.Storage;

/// <summary>
/// What makes a company the sample company: a row in its own database, put there at birth. Only the company of this name can carry it, and
/// no company changes its name. The database itself refuses to change the row, to take it away while anything was read, and to mix what was
/// read with what was made up: see the migration beside Features/Sample.
/// </summary>
internal sealed record SampleMark(DateTimeOffset MadeAt, string MadeBy)
{
    /// <summary>The one name that a sample company has. No real company gets it.</summary>
    public const string Company = "sample";

    /// <summary>What stands in the place of a version in each collection that was made up. No build of Plainproof has this version.</summary>
    public const string ToolVersion = "sample";

    /// <summary>How the mark is said on pages, in exports and in the log.</summary>
    public const string Words = "SAMPLE. Every fact here is made up. Nothing of it is evidence of anything.";

    /// <summary>The first moment of the day on which it was made. The sample is looked at as of this moment for ever, so it never grows old.</summary>
    public DateTimeOffset StandsAt => new(MadeAt.UtcDateTime.Date, TimeSpan.Zero);

    /// <returns>Null for a real company. Nothing is made.</returns>
    public static async Task<SampleMark?> FindAsync(Database database, CancellationToken stop)
    {
        if (database.Company != Company)
            return null;
        await using var connection = await database.OpenAsync(stop);
        return !await database.HasTableAsync(connection, "sample_mark", stop) ? null
            : (await connection.Command("SELECT made_at, made_by FROM sample_mark WHERE company = @company", ("company", database.Company))
                .ListAsync(row => new SampleMark(Micros.Time(row.GetInt64(0)), row.GetString(1)), stop)).SingleOrDefault();
    }

    /// <summary>Marks a company that is being born.</summary>
    /// <exception cref="DataProblem">The company holds something already.</exception>
    public async Task GiveAsync(Database database, CancellationToken stop)
    {
        if (await IsInUseAsync(database, stop))
            throw new DataProblem(
                "The sample company was not made.", database.Where, $"There is a company named '{Company}' with things of its own, and a real company never becomes a sample.",
                "Use another data folder for the sample: --data DIR.");
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginWriteAsync(connection, stop);
        await within.Command(
            "INSERT INTO sample_mark (company, made_at, made_by) VALUES (@company, @at, @by)", ("company", database.Company), ("at", Micros.Of(MadeAt)), ("by", MadeBy)).RunAsync(stop);
        await within.CommitAsync(stop);
    }

    /// <summary>Called before anything real is taken into a company.</summary>
    /// <param name="what">What was to be done, as a sentence that says that it was not.</param>
    /// <exception cref="DataProblem">The company is the sample, has a name that is kept for it, or is the copy in an auditor's room.</exception>
    public static async Task RefuseAsync(Database database, string what, CancellationToken stop)
    {
        await RoomMark.RefuseAsync(database, what, stop);
        if (database.Company != Company)
            return;
        if (await FindAsync(database, stop) is not null)
            throw new DataProblem(
                what, $"company '{Company}'", "This is the sample company. Everything in it is made up, and nothing real may be mixed with it.",
                "Make a company of your own: plainproof company new NAME. Then name it with --company NAME.");
        if (!await IsInUseAsync(database, stop))
            throw new DataProblem(
                what, $"company '{Company}'", "This name is kept for the sample company, so that no real one is taken for it.",
                "Choose another name with --company NAME.");
    }

    /// <summary>Whatever is done in a company leaves an entry in its log.</summary>
    private static async Task<bool> IsInUseAsync(Database database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        return await connection.Command(
            """
            SELECT (SELECT COUNT(*) FROM collection WHERE company = @company) + (SELECT COUNT(*) FROM log_entry WHERE company = @company)
                 + (SELECT COUNT(*) FROM pending_entry WHERE company = @company)
            """, ("company", database.Company)).ValueAsync<long>(stop) > 0;
    }
}

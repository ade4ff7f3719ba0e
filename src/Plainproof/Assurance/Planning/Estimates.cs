namespace Plainproof.Assurance.Planning;

/// <summary>A low, a usual and a high guess.</summary>
internal readonly record struct Guess(double Low, double Usual, double High)
{
    /// <summary>Where only two figures are known, the usual case lies nearer the low one: estimates run over more than under.</summary>
    public static Guess Between(double low, double high) => new(low, low + ((high - low) * 0.4), high);

    public Guess Times(double factor) => new(Low * factor, Usual * factor, High * factor);

    /// <summary>A value drawn from the triangle over the three.</summary>
    /// <param name="chance">From 0 to 1, evenly spread.</param>
    public double Draw(double chance)
    {
        if (High <= Low)
            return Low;
        var turn = (Usual - Low) / (High - Low);
        return chance < turn
            ? Low + Math.Sqrt(chance * (High - Low) * (Usual - Low))
            : High - Math.Sqrt((1 - chance) * (High - Low) * (High - Usual));
    }
}

/// <summary>What work with an audit firm takes, in days and dollars. Ranges that firms and their clients publish; no promise.</summary>
internal static class Estimates
{
    private const double Week = 7;

    /// <summary>From the first call to a signed letter. It runs beside the other work.</summary>
    public static readonly Guess FindAuditor = new Guess(2, 4, 8).Times(Week);

    /// <summary>The dry run and the signing of the description, once all else is in place.</summary>
    public static readonly Guess DryRun = new Guess(1, 2, 3).Times(Week);

    /// <summary>From the as-of day to the report in hand.</summary>
    public static readonly Guess Type1Report = new Guess(2, 4, 8).Times(Week);

    /// <summary>From the last day of the window to the report in hand.</summary>
    public static readonly Guess Type2Report = new Guess(4, 7, 12).Times(Week);

    /// <summary>How much slower or faster all work goes than planned; one draw for the whole company.</summary>
    public static readonly Guess Pace = new(0.85, 1, 1.7);

    /// <summary>Fees of small and mid-sized firms for about 20 people.</summary>
    public static readonly (double Low, double High) Type1Fee = (5_000, 25_000);

    public static readonly (double Low, double High) Type2Fee = (12_000, 75_000);
}

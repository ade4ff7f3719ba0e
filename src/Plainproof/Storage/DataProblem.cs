namespace Plainproof.Storage;

/// <summary>The data folder or its database cannot do what was asked. Nothing was half-written.</summary>
/// <param name="what">What could not be done.</param>
/// <param name="where">The file, folder or database; never a secret.</param>
/// <param name="why">What was found.</param>
/// <param name="mend">What a person can do about it.</param>
internal sealed class DataProblem(string what, string where, string why, string mend, Exception? cause = null)
    : Exception($"{what}\n  where: {where}\n  why: {why}\n  mend: {mend}", cause)
{
    public string What { get; } = what;

    public string Where { get; } = where;

    public string Why { get; } = why;

    public string Mend { get; } = mend;
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.People;
using Plainproof.Storage;

namespace Plainproof.Features.Controls;

/// <summary>The numbers that the company decided on. One number stands in one place: the control says it, and its checks judge by it.</summary>
internal sealed class NumberBook(RecordedWork work, TimeProvider clock)
{
    private const int LongestWhy = 1000;

    /// <summary>Every decision about these names, newest first.</summary>
    public async Task<IReadOnlyList<CompanyNumber>> OfAsync(IReadOnlyList<string> names, CancellationToken stop) =>
        await work.Records.Set<CompanyNumber>().AsNoTracking().Where(number => names.Contains(number.Name)).OrderByDescending(number => number.SetAt).ThenByDescending(number => number.Id).ToListAsync(stop);

    /// <param name="once">Made when the form was shown, so that it is set once.</param>
    /// <param name="typed">Empty to go back to what we suggest.</param>
    /// <exception cref="BadInput">Not theirs to do, not a number that the check allows, or no reason.</exception>
    public Task SetAsync(string name, Parameter parameter, string once, string typed, string why, CancellationToken stop)
    {
        work.Require(Ability.Work, "change a number");
        var id = RecordedWork.Once(once);
        var problems = new List<string>();
        var number = typed.Trim().Length == 0 ? (double?)null : CompanyNumbers.Read(typed.Trim(), parameter);
        if (typed.Trim().Length > 0 && number is null)
            problems.Add($"This {CompanyNumbers.Allowed(parameter)} Leave it empty to use the number that we suggest.");
        if (why.Trim().Length is 0 or > LongestWhy)
            problems.Add($"Say in a few words why. Your auditor will ask. {LongestWhy} characters are the most.");
        if (problems.Count > 0)
            throw new BadInput(problems);
        return work.ActAsync(async () =>
        {
            if (await work.Records.Set<CompanyNumber>().AnyAsync(one => one.Id == id, stop))
                return null;
            var set = new CompanyNumber { Id = id, Name = name, Number = number, Why = why.Trim(), SetAt = Micros.Round(clock.GetUtcNow()), SetBy = work.By };
            work.Records.Add(set);
            return Entry.Create("check.number-set", set.SetAt, new JsonObject { ["number"] = name, ["is"] = number ?? parameter.Default, ["suggested"] = parameter.Default, ["why"] = set.Why, ["by"] = set.SetBy });
        }, stop);
    }
}

using Microsoft.EntityFrameworkCore;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Bench.Web;

/// <summary>Small companies beside the large one, each with a directory of ten accounts that was read and judged once, all of one owner.</summary>
internal static class ManyCompanies
{
    private const int Accounts = 10;

    public static string NameOf(int number) => $"small-{number:0000}";

    public static async Task AddAsync(DataFolder data, int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), async (number, _) => await new YearOfACompany(data, NameOf(number), Accounts).FillAsync(1));
        await using var records = InstallationRecords.Of(data);
        var (owner, now) = (await records.Set<Person>().FirstAsync(), DateTimeOffset.UtcNow);
        await records.WriteAsync(_ =>
        {
            for (var number = 0; number < count; number++)
            {
                records.Add(new Company { Id = NameOf(number), Title = $"Small {number}", CreatedAt = now, CreatedBy = owner.Email });
                records.Add(new Membership { CompanyId = NameOf(number), PersonId = owner.Id, Role = Role.Owner, GivenAt = now, GivenBy = owner.Email });
            }

            return Task.FromResult(true);
        }, default);
    }
}

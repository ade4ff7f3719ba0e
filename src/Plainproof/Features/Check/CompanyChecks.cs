using Plainproof.Checks;
using Plainproof.Checks.Own;
using Plainproof.Storage;

namespace Plainproof.Features.Check;

/// <summary>The checks of a company: those of this build, its own in <c>checks/</c> of its folder, and what is named besides.</summary>
internal static class CompanyChecks
{
    /// <param name="more">Files or folders of own checks.</param>
    public static IReadOnlyList<ICheck> Read(DataFolder data, string company, IReadOnlyList<string> more, List<string> problems)
    {
        var checks = CheckLibrary.All.Concat(Own(data, company, more, problems)).ToList();
        problems.AddRange(checks.GroupBy(check => check.Info.Id).Where(group => group.Count() > 1).Select(group => $"The id '{group.Key}' names more than one check. Give your own check another id."));
        return checks;
    }

    /// <summary>Where a company's own checks stand; it need not be there.</summary>
    public static string FolderOf(DataFolder data, string company) => Path.Combine(data.CompanyRoot(company), "checks");

    private static List<ICheck> Own(DataFolder data, string company, IReadOnlyList<string> more, List<string> problems)
    {
        var checks = new List<ICheck>();
        foreach (var file in Files(data, company, more, problems))
        {
            try
            {
                using var text = File.OpenText(file);
                var (read, wrong) = OwnChecks.Read(file, text);
                checks.AddRange(read);
                problems.AddRange(wrong.Select(problem => problem.ToString()));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{file}: {e.Message} Check the path and who may read it.");
            }
        }

        return checks;
    }

    private static List<string> Files(DataFolder data, string company, IReadOnlyList<string> more, List<string> problems)
    {
        var files = new List<string>();
        var standing = FolderOf(data, company);
        foreach (var path in more.Concat(Directory.Exists(standing) ? [standing] : []))
        {
            if (Directory.Exists(path))
                files.AddRange(Directory.EnumerateFiles(path, "*.y*ml").Order(StringComparer.Ordinal));
            else if (File.Exists(path))
                files.Add(path);
            else
                problems.Add($"--checks {path}: there is no such file or folder.");
        }

        return files;
    }
}

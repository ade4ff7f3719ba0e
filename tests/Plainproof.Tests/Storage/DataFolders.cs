using Plainproof.Storage;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Storage;

public sealed class DataFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_new_data_folder_and_all_in_it_is_for_its_owner_only()
    {
        var folder = DataFolder.Open(_folder.File("new", "data"));
        await using (var store = await CompanyStore.OpenAsync(folder, "acme", TimeProvider.System, default))
            await StoreTests.CollectAsync(store, DateTimeOffset.UnixEpoch, Facts.Completeness.Complete, [new("alice", true)]);
        Assert.Equal("1\n", await File.ReadAllTextAsync(folder.FormatFile));
        Assert.All(Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Append(folder.Path), path => Assert.False(Private.IsOpenToOthers(path), path));
        Assert.Equal(["acme"], folder.Companies);
        Assert.True(File.Exists(folder.DatabaseFile("acme")));
    }

    [Fact]
    public void The_default_is_the_users_data_folder()
    {
        Assert.EndsWith("/plainproof", DataFolder.DefaultPath, StringComparison.Ordinal);
        Assert.True(Path.IsPathFullyQualified(DataFolder.DefaultPath));
    }

    [Fact]
    public void A_newer_format_is_refused_and_left_alone()
    {
        var folder = DataFolder.Open(_folder.File("data"));
        File.WriteAllText(folder.FormatFile, "99\n");
        var problem = Assert.Throws<DataProblem>(() => DataFolder.Open(folder.Path));
        Assert.Contains("newer Plainproof", problem.What, StringComparison.Ordinal);
        Assert.Contains("99", problem.Why, StringComparison.Ordinal);
        Assert.Equal("99\n", File.ReadAllText(folder.FormatFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("-1")]
    public void A_format_that_is_no_number_is_refused(string text)
    {
        var folder = DataFolder.Open(_folder.File("data"));
        File.WriteAllText(folder.FormatFile, text);
        Assert.Equal(folder.FormatFile, Assert.Throws<DataProblem>(() => DataFolder.Open(folder.Path)).Where);
    }

    [Fact]
    public void A_folder_with_other_things_in_it_is_not_taken_over()
    {
        _folder.Write("home/letter.txt", "Dear all");
        Assert.Contains("letter.txt", Assert.Throws<DataProblem>(() => DataFolder.Open(_folder.File("home"))).Why, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(_folder.File("home")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_told_as_such() =>
        Assert.Equal(_folder.File("file"), Assert.Throws<DataProblem>(() => DataFolder.Open(_folder.Write("file", "x"))).Where);

    [Theory]
    [InlineData("acme")]
    [InlineData("acme-2")]
    [InlineData("0")]
    public void A_plain_name_can_stand_for_a_company(string name) => Assert.Null(DataFolder.ProblemWithName(name));

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("../acme")]
    [InlineData("acme co")]
    [InlineData("-acme")]
    [InlineData("acme-")]
    [InlineData("ácme")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public async Task Another_name_is_refused_in_words_and_makes_nothing(string name)
    {
        var folder = DataFolder.Open(_folder.File("data"));
        var problem = await Assert.ThrowsAsync<DataProblem>(() => CompanyStore.OpenAsync(folder, name, TimeProvider.System, default));
        Assert.Contains("a company's name", problem.Why, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.CompaniesFolder));
    }

    [Fact]
    public void A_configuration_with_an_unknown_word_is_refused()
    {
        var folder = DataFolder.Open(_folder.File("data"));
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), """{"postgres": "Host=x"}""");
        Assert.Contains("config.json", Assert.Throws<DataProblem>(() => DataFolder.Open(folder.Path)).Where, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

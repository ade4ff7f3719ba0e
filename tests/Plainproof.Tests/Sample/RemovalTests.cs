using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Xunit;

namespace Plainproof.Tests.Sample;

public sealed class RemovalOnSqlite() : RemovalTests(false);

public sealed class RemovalOnPostgresql() : RemovalTests(true);

[Trait("Long", "true")]
public abstract class RemovalTests(bool postgresql)
{
    [Fact]
    public async Task Its_owner_to_be_can_take_it_away_and_have_it_made_anew()
    {
        await using var office = await Office.OpenAsync(postgresql);
        var olga = await office.FirstOwnerAsync();
        await olga.SubmitAsync(await olga.GetAsync("/sample"), [], "value=\"make\"");
        using var said = new StringWriter();
        await CommandLine.RunAsync(["user", "invite", "otto@acme.example", "--company", "sample", "--data", office.Data.Path], TextReader.Null, said, said);
        using var otto = office.Visit();
        await otto.SubmitAsync(await otto.GetAsync(Office.LinkIn(said.ToString())), [("name", "Otto"), ("password", Office.Password)]);
        var token = await otto.SubmitAsync(await otto.GetAsync("/c/sample/tokens"), [("name", "export"), ("read", "yes"), ("until", DateOnly.FromDateTime(office.Clock.GetUtcNow().UtcDateTime).AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))], "value=\"make\"");
        Assert.Contains("Your token is made", token.Text, StringComparison.Ordinal);
        var gone = await olga.SubmitAsync(await olga.GetAsync("/sample"), [], "value=\"remove\"");
        Assert.Contains("Make it and look", gone.Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await olga.GetAsync("/c/sample")).Status);
        Assert.False(Directory.Exists(office.Data.CompanyRoot("sample")));
        Assert.Empty(Directory.GetFiles(office.Data.Keys, "sample.*"));
        Assert.True(Directory.Exists(office.Data.CompanyRoot("acme-gmbh")));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await olga.GetAsync("/c/acme-gmbh")).Status);

        var again = await olga.SubmitAsync(gone, [], "value=\"make\"");
        Assert.Contains("<strong>SAMPLE</strong>", again.Html, StringComparison.Ordinal);
        Assert.Contains("Leavers", (await olga.GetAsync("/c/sample/controls")).Text, StringComparison.OrdinalIgnoreCase);
    }
}

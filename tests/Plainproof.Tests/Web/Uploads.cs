using System.Net;
using System.Text;

namespace Plainproof.Tests.Web;

/// <summary>Forms with a file, as a browser sends them.</summary>
internal sealed partial class Visitor
{
    /// <param name="name">What the browser says the file is called.</param>
    public async Task<Seen> UploadAsync(Seen page, IEnumerable<(string Name, string Value)> typed, string name, byte[] bytes, string form)
    {
        var found = Forms().Matches(page.Html).Select(match => match.Value).First(one => one.Contains(form, StringComparison.Ordinal));
        using var content = new MultipartFormDataContent();
        foreach (var field in Hidden().Matches(found).Select(match => (Name: Attribute(match.Value, "name")!, Value: Attribute(match.Value, "value") ?? "")))
            content.Add(new StringContent(WebUtility.HtmlDecode(field.Value), Encoding.UTF8), field.Name);
        foreach (var (field, value) in typed)
            content.Add(new StringContent(value, Encoding.UTF8), field);
        content.Add(new ByteArrayContent(bytes), "file", name);
        using var answer = await _client.PostAsync(page.Address.PathAndQuery, content);
        return await Seen.OfAsync(answer);
    }
}

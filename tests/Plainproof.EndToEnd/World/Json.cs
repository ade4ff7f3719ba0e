using System.Text.Json;

namespace Plainproof.EndToEnd.World;

/// <summary>Short ways to say what a test looks for in JSON.</summary>
internal static class Json
{
    public static string Text(this JsonElement of, string member) => of.GetProperty(member).GetString() ?? "";

    public static IEnumerable<string> Texts(this JsonElement of, string member) => of.GetProperty(member).EnumerateArray().Select(one => one.GetString()!);

    public static IEnumerable<JsonElement> Items(this JsonElement of, string member) => of.GetProperty(member).EnumerateArray();
}

using System.Text.Json.Serialization;

namespace Plainproof.Evidence;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<BlobName>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(AnchorContent))]
internal sealed partial class StatementJson : JsonSerializerContext;

/// <summary>The predicate of an <c>anchor</c> entry.</summary>
internal sealed record AnchorContent(string Authority, long Size, string Checkpoint, byte[] Request, byte[] Response);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Doctor.Evidence;

/// <summary>What the BFF answers. A member that is missing is a version that this doctor does not know, and no empty list.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BffView))]
internal sealed partial class BffJson : JsonSerializerContext;

/// <summary>What the IdP answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(IdpView))]
internal sealed partial class IdpJson : JsonSerializerContext;

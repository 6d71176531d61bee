using System.Text.Json.Serialization;

namespace Platform.Caep.Push;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PushRefusal))]
internal sealed partial class PushJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Platform.IdP.Signals.Streams;

/// <summary>How streams are written to Redis.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EventStream))]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class StreamJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Platform.IdP.Ciba;

/// <summary>The body of a ping: this member and no other (CIBA Core section 10.2).</summary>
internal sealed record PingBody([property: JsonPropertyName("auth_req_id")] string AuthReqId);

[JsonSerializable(typeof(PingBody))]
internal sealed partial class PingJson : JsonSerializerContext;

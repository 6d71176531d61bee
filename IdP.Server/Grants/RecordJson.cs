using System.Text.Json.Serialization;

namespace Platform.IdP.Grants;

/// <summary>How records are written to Redis.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthorizationRequest))]
[JsonSerializable(typeof(AuthorizationCode))]
[JsonSerializable(typeof(AuthorizationGrant))]
[JsonSerializable(typeof(RefreshToken))]
[JsonSerializable(typeof(SsoSession))]
[JsonSerializable(typeof(LogoutRequest))]
internal sealed partial class RecordJson : JsonSerializerContext;

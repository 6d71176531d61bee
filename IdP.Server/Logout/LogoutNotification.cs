using System.Text.Json.Serialization;

namespace Platform.IdP.Logout;

/// <summary>What a client is to be told by a logout token, which is made anew for each attempt.</summary>
/// <param name="Subject">The person, as this server knows her; null when the session is not known here any more.</param>
internal sealed record LogoutNotification(string Id, string ClientId, string SessionId, string? Subject)
    : Notification(Id, ClientId);

/// <summary>How notifications are written to Redis.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogoutNotification))]
internal sealed partial class LogoutJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Platform.IdP.Ciba;

/// <summary>That a decision was made about a request of a client in ping mode.</summary>
internal sealed record PingNotification(string Id, string ClientId, PingTarget Target) : Notification(Id, ClientId);

/// <summary>How notifications are written to Redis.</summary>
[JsonSerializable(typeof(PingNotification))]
internal sealed partial class PingNotificationJson : JsonSerializerContext;

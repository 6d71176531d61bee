using StackExchange.Redis;

namespace Platform.IdP.Ciba;

/// <summary>Notifications that clients in ping mode have not confirmed.</summary>
internal sealed class PingQueue(IConnectionMultiplexer redis, TimeProvider clock)
    : NotificationQueue<PingNotification>(redis, "ping", PingNotificationJson.Default.PingNotification, clock)
{
    protected override TimeSpan Lifetime => TimeSpan.FromHours(1);
}

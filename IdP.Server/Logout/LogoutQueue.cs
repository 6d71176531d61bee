using StackExchange.Redis;

namespace Platform.IdP.Logout;

/// <summary>Logout notifications that clients have not confirmed.</summary>
internal sealed class LogoutQueue(IConnectionMultiplexer redis, TimeProvider clock)
    : NotificationQueue<LogoutNotification>(redis, "logout", LogoutJson.Default.LogoutNotification, clock)
{
    protected override TimeSpan Lifetime => TimeSpan.FromDays(1);
}

namespace Platform.IdP.Outbound;

internal static class NotificationSetup
{
    /// <summary>Queue and sender of one kind of notification, and what takes up those that failed.</summary>
    public static void AddNotifications<T, TQueue, TSender>(this IServiceCollection services)
        where T : Notification
        where TQueue : NotificationQueue<T>
        where TSender : NotificationSender<T>
    {
        services.AddSingleton<TQueue>();
        services.AddSingleton<NotificationQueue<T>>(provider => provider.GetRequiredService<TQueue>());
        services.AddSingleton<TSender>();
        services.AddSingleton<NotificationSender<T>>(provider => provider.GetRequiredService<TSender>());
        services.AddHostedService<NotificationRetries<T>>();
    }
}

namespace Platform.Caep.Polling;

internal static class PollingSetup
{
    public static void AddPolling(this IHostApplicationBuilder builder) => builder.Services.AddHostedService<Pollers>();
}

namespace Platform.Bff.Signals;

internal static class SignalsSetup
{
    public static void AddSignals(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<EventsOptions>().BindConfiguration(EventsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EventSilence>();
        services.AddSingleton<Confirmations>();
        services.AddHostedService<EventWatch>();
        services.AddHealthChecks().AddCheck<EventsHealthCheck>("security-events");
    }
}

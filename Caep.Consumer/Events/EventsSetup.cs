using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Tokens.Discovery;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Events;

internal static class EventsSetup
{
    private const string Transmitter = "transmitter";

    public static void AddEvents(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TransmitterOptions>().BindConfiguration(TransmitterOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TransmitterOptions>, TransmitterOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);

        // One client for the life of the process: the connections below it are renewed, so that DNS is followed.
        services.AddHttpClient(Transmitter)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider => new ProviderClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(Transmitter),
            provider.GetRequiredService<IOptions<TransmitterOptions>>().Value.Issuer,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TransmitterOptions>>().Value;
            return new SecurityEventValidator(
                provider.GetRequiredService<ProviderClient>(),
                new SecurityEventRules(options.Issuer, options.EventAudience, options.ClockSkew),
                provider.GetRequiredService<TimeProvider>());
        });

        services.AddHostedService<TransmitterKeys>();
        services.AddSingleton<EventPipeline>();
        services.AddSingleton<IEventAction, SessionRevoked>();
    }
}

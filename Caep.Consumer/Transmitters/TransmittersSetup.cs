using Microsoft.Extensions.Options;

namespace Platform.Caep.Transmitters;

internal static class TransmittersSetup
{
    public static void AddTransmitters(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TransmitterOptions>().BindConfiguration(TransmitterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TransmitterOptions>, PolledIssuerValidator>();
        services.AddOptions<ForeignTransmitters>().BindConfiguration(ForeignTransmitters.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ForeignTransmitters>, ForeignTransmittersValidator>();

        // One client for the life of the process: the connections below it are renewed, so that DNS is followed.
        services.AddHttpClient(TrustedTransmitters.Http)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider => new TrustedTransmitters(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(TrustedTransmitters.Http),
            provider.GetRequiredService<IOptions<TransmitterOptions>>().Value,
            provider.GetRequiredService<IOptions<ForeignTransmitters>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SubjectTargets>();
        services.AddHostedService<TransmitterKeys>();
    }
}

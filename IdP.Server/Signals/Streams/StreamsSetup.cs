using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

internal static class StreamsSetup
{
    public static void AddStreams(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section);
        services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>();
        services.AddSingleton(new StartPrerequisite(provider => _ = provider.GetRequiredService<IOptions<StreamOptions>>().Value));
        services.AddSingleton<StreamStore>();
        services.AddSingleton<StreamQueues>();
        services.AddSingleton<StreamRecords>();
        services.AddSingleton<StreamView>();
        services.AddSingleton<DeliveryReader>();
        services.AddSingleton<StreamConfiguration>();
        services.AddSingleton<Receivers>();
        services.AddSingleton<StreamManagement>();
        services.AddSingleton<StreamStatuses>();
        services.AddSingleton<StreamNotices>();
        services.AddSingleton<StreamSubjects>();
        services.AddSingleton<StreamSubject>();
        services.AddSingleton<StreamSets>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<Redelivery>();
        services.AddSingleton<LongPolls>();
        services.AddSingleton<PollAcknowledgements>();
        services.AddSingleton<PollEndpoint>();
        services.AddSingleton<IEventDestinations, StreamDestinations>();
        services.AddSingleton<StreamSignals>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamSignals>());
        services.AddSingleton<PushSender>();
        services.AddSingleton<PushWorker>();
        services.AddHostedService<PushDelivery>();
        services.AddSingleton<StreamGauges>();
        services.AddSingleton<QueueBounds>();
        services.AddHostedService<StreamUpkeep>();
        services.AddSingleton(new StartPrerequisite(provider =>
        {
            var gauges = provider.GetRequiredService<StreamGauges>();
            IdpTelemetry.ObserveStreams(gauges.ByStatus, gauges.QueueLengths, gauges.OldestAges);
        }));
    }
}

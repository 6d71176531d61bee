namespace Platform.IdP.Signals.Kafka;

internal static class KafkaSetup
{
    public static void AddKafkaDestination(this WebApplicationBuilder builder)
    {
        var bootstrapServers = KafkaClients.BootstrapServers(builder.Configuration, "kafka");
        builder.Services.AddSingleton<IEventTopic>(services =>
            new KafkaEventTopic(bootstrapServers, services.GetRequiredService<ILogger<KafkaEventTopic>>()));
        builder.Services.AddSingleton<KafkaDestination>();
        builder.Services.AddSingleton<IEventDestinations>(services => services.GetRequiredService<KafkaDestination>());
        builder.Services.AddHostedService<KafkaPublisher>();
    }
}

namespace Platform.IdP.Signals;

internal static class SignalsSetup
{
    public static void AddSignals(this WebApplicationBuilder builder)
    {
        var bootstrapServers = KafkaClients.BootstrapServers(builder.Configuration, "kafka");
        builder.Services.AddSingleton<IEventTopic>(services =>
            new KafkaEventTopic(bootstrapServers, services.GetRequiredService<ILogger<KafkaEventTopic>>()));
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<SessionRevoker>();
        builder.Services.AddHostedService<OutboxPublisher>();
    }
}

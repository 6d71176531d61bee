using Confluent.Kafka;

namespace Platform.Caep.Intake;

internal static class IntakeSetup
{
    private const int LargestLetter = 2 * 1024 * 1024;

    public static void AddIntake(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KafkaOptions>().BindConfiguration(KafkaOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // Most days there is no dead letter: the producer connects for the first one. A letter is larger than the message that it
        // holds; how large it may be is for the broker to say.
        builder.AddKafkaProducer<byte[]?, byte[]?>("kafka", config => (config.MessageTimeoutMs, config.MessageMaxBytes) = (10_000, LargestLetter));
        services.AddSingleton(provider => new Lazy<IProducer<byte[]?, byte[]?>>(
            provider.GetRequiredService<IProducer<byte[]?, byte[]?>>));
        services.AddSingleton<IDeadLetters, KafkaDeadLetters>();

        services.AddSingleton<KafkaConnection>();
        services.AddSingleton<Interruptions>();
        services.AddSingleton<DeliveryAttempt>();
        services.AddSingleton<KeyWaits>();
        services.AddSingleton<DeliveryHandler>();
        services.AddHostedService<KafkaIntake>();
        services.AddSingleton<IntakeHealthCheck>();
        services.AddHealthChecks().AddCheck<IntakeHealthCheck>("events");
        services.AddHostedService<SignOfLife>();
    }
}

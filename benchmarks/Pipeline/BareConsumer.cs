using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Confluent.Kafka;
using Platform.ServiceDefaults.Kafka;
using Platform.Tokens.Discovery;
using Platform.Tokens.SecurityEvents;

namespace Platform.Benchmarks.Pipeline;

/// <summary>
/// The least that a consumer can do, in a process of its own: read every event; or read and verify it, on all processors.
/// </summary>
internal static class BareConsumer
{
    public const string Command = "bare-consumer";

    private const string Kafka = "BENCH_KAFKA";
    private const string Events = "BENCH_EVENTS";
    private const string Issuer = "BENCH_ISSUER"; // only where it verifies

    public static async Task<EventRate> MeasureAsync(
        string name, string bootstrapServers, int events, string? issuer, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BareConsumer).Assembly.Location, Command])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                [Kafka] = bootstrapServers, [Events] = events.ToString(CultureInfo.InvariantCulture), [Issuer] = issuer,
            },
        };
        using var process = Process.Start(start)!;
        var figures = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split(' ');
        await process.WaitForExitAsync(cancellationToken);
        return figures is [var read, var seconds, var cpu]
            ? new(name, int.Parse(read, CultureInfo.InvariantCulture), Seconds(seconds), Seconds(cpu), TimeSpan.Zero)
            : throw new InvalidOperationException($"The bare consumer ended with {process.ExitCode}.");
    }

    public static async Task RunAsync()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle); // binds librdkafka
        var events = int.Parse(Environment.GetEnvironmentVariable(Events)!, CultureInfo.InvariantCulture);
        using var http = new HttpClient();
        var validator = Environment.GetEnvironmentVariable(Issuer) is { Length: > 0 } issuer
            ? new SecurityEventValidator(
                new ProviderClient(http, issuer, TimeProvider.System),
                new(issuer, EventTransmitter.Audience, TimeSpan.FromMinutes(1)),
                TimeProvider.System)
            : null;
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = Environment.GetEnvironmentVariable(Kafka),
            GroupId = Guid.NewGuid().ToString(),
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(EventTransmitter.Topic);

        // The first one waits for the group and for the keys: it does not count.
        await CheckAsync(validator, consumer.Consume().Message.Value);
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var queue = Channel.CreateBounded<string>(10_000);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            await foreach (var set in queue.Reader.ReadAllAsync())
            {
                await CheckAsync(validator, set);
            }
        })).ToList();
        for (var read = 1; read < events; read++)
        {
            await queue.Writer.WriteAsync(consumer.Consume().Message.Value);
        }

        queue.Writer.Complete();
        await Task.WhenAll(workers);
        Console.Write(string.Create(CultureInfo.InvariantCulture,
            $"{events - 1} {Stopwatch.GetElapsedTime(began).TotalSeconds} {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds}"));
    }

    private static async Task CheckAsync(SecurityEventValidator? validator, string set)
    {
        if (validator is not null && await validator.ValidateAsync(set, CancellationToken.None) is not SecurityEventCheck.Valid)
        {
            throw new InvalidDataException("An event is not valid.");
        }
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}

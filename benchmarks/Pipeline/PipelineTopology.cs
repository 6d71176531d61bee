using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Platform.ServiceDefaults.Kafka;
using StackExchange.Redis;

namespace Platform.Benchmarks.Pipeline;

/// <summary>The topology of the AppHost in Release, on free ports, with Apache Kafka and a Redis that persists.</summary>
internal sealed class PipelineTopology : IAsyncDisposable
{
    public const string AdminSecret = "a-secret-of-the-benchmark-administrator";

    private const string NoLimit = "1000000000";

    private readonly DirectoryInfo _data;

    private PipelineTopology(DistributedApplication app, ConnectionMultiplexer redis, string kafka, DirectoryInfo data) =>
        (App, Redis, Kafka, _data) = (app, redis, kafka, data);

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KAFKA_HOME"))
        ? "KAFKA_HOME does not name an Apache Kafka, and the broker in memory would be all that is seen"
        : null;

    public DistributedApplication App { get; }

    public ConnectionMultiplexer Redis { get; }

    /// <summary>The bootstrap servers.</summary>
    public string Kafka { get; }

    /// <param name="services">Those that are needed; Redis and Kafka are there in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PipelineTopology> StartAsync(string[] services, CancellationToken cancellationToken)
    {
        RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle); // binds librdkafka
        var data = Directory.CreateTempSubdirectory("bench-");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                $"--Parameters:admin-client-secret={AdminSecret}", $"--DataFolder={data.FullName}",
                "--Hosting:Kafka=apache", "--Hosting:Redis=redis-server",
            ],
            (options, _) => options.DisableDashboard = true,
            cancellationToken);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            if (services.Contains(project.Name))
            {
                Unlimit(builder.CreateResourceBuilder(project));
            }
            else
            {
                builder.Resources.Remove(project);
            }
        }

        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        foreach (var resource in (string[])["cache", "kafka", .. services])
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);
        }

        return new(
            app,
            await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("cache", cancellationToken))!),
            (await app.GetConnectionStringAsync("kafka", cancellationToken))!,
            data);
    }

    /// <summary>User and system time of a resource's process since its start.</summary>
    public async Task<TimeSpan> CpuOfAsync(string resource, CancellationToken cancellationToken)
    {
        const string Pid = "executable.pid";
        var seen = await App.ResourceNotifications.WaitForResourceAsync(
            resource, each => each.Snapshot.Properties.Any(property => property.Name == Pid), cancellationToken);
        using var process = Process.GetProcessById(Convert.ToInt32(
            seen.Snapshot.Properties.Single(property => property.Name == Pid).Value, CultureInfo.InvariantCulture));
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        await App.DisposeAsync();
        _data.Delete(recursive: true);
    }

    // One administrator and one browser ask for more than people do.
    private static void Unlimit(IResourceBuilder<ProjectResource> project) => project
        .WithEnvironment("Idp__Limits__PerAddress", NoLimit)
        .WithEnvironment("Idp__Limits__PerClient", NoLimit)
        .WithEnvironment("Bff__Limits__CallsPerSession", NoLimit);
}

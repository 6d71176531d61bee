using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.Backends;
using Aspire.Hosting.Run;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults.Kafka;

namespace Platform.Hosting.Tests.Backends;

public sealed class KafkaBackendTests : IDisposable
{
    private const string Home = "KAFKA_HOME";
    private readonly BackendRun _run = new();

    // Binds Confluent.Kafka to the system's library before the first client is built.
    static KafkaBackendTests() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaClients).Module.ModuleHandle);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Runs_the_in_memory_broker_with_the_topics_of_the_resource()
    {
        var context = _run.Context(new KafkaServerResource("kafka"), environment: new() { ["KAFKA_CREATE_TOPICS"] = "orders:6,orders.dlt:2" });
        var plan = await Backend().PrepareAsync(context, Cancellation);
        await _run.StartAsync(plan, context.TargetPort, Cancellation);

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = $"127.0.0.1:{_run.Port}" }).Build();
        var topics = admin.GetMetadata(TimeSpan.FromSeconds(10)).Topics.ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);
        Assert.Equal(6, topics["orders"]);
        Assert.Equal(2, topics["orders.dlt"]);
        Assert.Contains("nothing survives", _run.Said[0], StringComparison.Ordinal);
        Assert.Contains("KAFKA_HOME is not set", _run.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_in_memory_broker_which_groups_will_come()
    {
        var context = _run.Context(new KafkaServerResource("kafka"), environment: new() { ["KAFKA_EXPECTED_GROUPS"] = "billing,shipping" });

        var plan = await Backend().PrepareAsync(context, Cancellation);

        Assert.Equal(["--groups", "billing,shipping"], plan.Arguments.Skip(2));
    }

    [Fact]
    public async Task Runs_Apache_Kafka_which_keeps_its_log_over_a_kill()
    {
        var context = ApacheContext();
        var first = await StartApacheAsync(context);
        await KafkaTopics.EnsureAsync(context.PublicAddress, ["orders"], 6);
        using (var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = context.PublicAddress, EnableIdempotence = true }).Build())
        {
            await producer.ProduceAsync("orders", new Message<string, string> { Key = "k", Value = "kept" }, Cancellation);
        }

        first.Kill();
        await first.WaitForExitAsync(Cancellation);
        await StartApacheAsync(context);

        using var consumer = new ConsumerBuilder<string, string>(
            new ConsumerConfig { BootstrapServers = context.PublicAddress, GroupId = "g", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Subscribe("orders");
        Assert.Equal("kept", consumer.Consume(TimeSpan.FromSeconds(30))?.Message.Value);
        consumer.Close();
    }

    [Fact]
    public async Task Ends_Apache_Kafka_on_a_signal()
    {
        var process = await StartApacheAsync(ApacheContext());
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(128 + 15, process.ExitCode);
    }

    [Fact]
    public async Task Says_how_to_get_the_Kafka_that_was_asked_for()
    {
        var refused = await RefusedAsync(new() { ["Hosting:Kafka"] = "apache" });
        Assert.Contains("KAFKA_HOME is not set", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_KAFKA_HOME_names_no_Kafka()
    {
        var refused = await RefusedAsync(new() { ["Hosting:Kafka"] = "apache", [Home] = AppContext.BaseDirectory });
        Assert.Contains("has no libs/", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_how_to_get_Java()
    {
        var home = Directory.CreateTempSubdirectory("kafka-home-");
        File.WriteAllText(Path.Combine(home.CreateSubdirectory("libs").FullName, "kafka-server-4.0.0.jar"), "");
        var configuration = _run.Context(new KafkaServerResource("kafka"), new() { [Home] = home.FullName }).Configuration;

        var missing = Assert.IsType<KafkaInstallation.Missing>(KafkaInstallation.Find(configuration, _ => null));
        Assert.Contains("apt-get install openjdk-17-jre-headless", missing.Reason, StringComparison.Ordinal);
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task Refuses_a_choice_that_it_does_not_know() =>
        Assert.Contains("'redpanda'", await RefusedAsync(new() { ["Hosting:Kafka"] = "redpanda" }), StringComparison.Ordinal);

    private static KafkaBackend Backend() => new(BackendRun.OnPath);

    private async Task<string> RefusedAsync(Dictionary<string, string?> configuration) =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            Backend().PrepareAsync(_run.Context(new KafkaServerResource("kafka"), configuration), Cancellation))).Message;

    private BackendContext ApacheContext()
    {
        var home = Environment.GetEnvironmentVariable(Home);
        Assert.SkipWhen(string.IsNullOrEmpty(home), "KAFKA_HOME is not set");
        Assert.SkipWhen(BackendRun.OnPath("java") is null, "there is no Java");
        return _run.Context(new KafkaServerResource("kafka"), new() { [Home] = home, ["Hosting:Kafka"] = "apache" });
    }

    private async Task<Process> StartApacheAsync(BackendContext context) =>
        await _run.StartAsync(await Backend().PrepareAsync(context, Cancellation), context.TargetPort, Cancellation);
}

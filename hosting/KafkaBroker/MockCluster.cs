using System.Runtime.InteropServices;

namespace Platform.KafkaBroker;

/// <summary>librdkafka's in-memory cluster with one broker: the real protocol over TCP on 127.0.0.1.</summary>
internal sealed class MockCluster : IDisposable
{
    private readonly nint _client;
    private readonly nint _cluster;

    private MockCluster(nint client, nint cluster)
    {
        _client = client;
        _cluster = cluster;
        Address = Marshal.PtrToStringUTF8(Librdkafka.Bootstraps(cluster))!;
    }

    /// <summary>Where it listens, <c>127.0.0.1:PORT</c>. The library chooses the port.</summary>
    public string Address { get; }

    /// <exception cref="InvalidOperationException">The library refuses; the message says what.</exception>
    public static MockCluster Start(IReadOnlyList<Invocation.Topic> topics)
    {
        // The cluster needs a client for its threads and its log; that one connects nowhere.
        // Its notices (no bootstrap servers) would only puzzle: warnings and worse are let through.
        var problem = new byte[256];
        var configuration = Librdkafka.NewConfiguration();
        _ = Librdkafka.Configure(configuration, "log_level", "4", problem, (nuint)problem.Length);
        var client = Librdkafka.New(Librdkafka.Producer, configuration, problem, (nuint)problem.Length);
        if (client == 0)
        {
            throw new InvalidOperationException($"librdkafka did not start: {Librdkafka.Text(problem)}.");
        }

        var cluster = Librdkafka.NewCluster(client, brokers: 1);
        if (cluster == 0)
        {
            Librdkafka.Destroy(client);
            throw new InvalidOperationException("librdkafka's in-memory broker did not start.");
        }

        var started = new MockCluster(client, cluster);
        foreach (var topic in topics)
        {
            var error = Librdkafka.CreateTopic(cluster, topic.Name, topic.Partitions, replicationFactor: 1);
            if (error != 0)
            {
                started.Dispose();
                throw new InvalidOperationException($"Topic '{topic.Name}' was not created: librdkafka error {error}.");
            }
        }

        return started;
    }

    public void Dispose()
    {
        Librdkafka.DestroyCluster(_cluster);
        Librdkafka.Destroy(_client);
    }
}

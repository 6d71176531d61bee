using Platform.Testing;
using Platform.Tests.Topology;
using StackExchange.Redis;

namespace Platform.Tests.Faults;

/// <summary>
/// The topology that the fault tests do their worst to, one after the other; each leaves it whole. What crashes is started again
/// at once, and there are a second consumer, and a portal that soon misses events, which start when they are told to.
/// </summary>
public sealed class FaultTopology : IAsyncLifetime
{
    public const string Consumer = "caep";
    public const string SecondConsumer = "caep-2";
    public const string HastyPortal = "bff-hasty";

    private const string NoLimit = "1000000";

    private static readonly string KeysSecret = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    private RunningTopology? _running;

    public RunningTopology Running => _running ?? throw new InvalidOperationException("The topology has not started.");

    /// <summary>Whether what is in Kafka outlives Kafka.</summary>
    public static bool HasApacheKafka => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KAFKA_HOME"));

    internal ConnectionMultiplexer Redis { get; private set; } = null!;

    internal TransmitterAccess Transmitter { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancelled = TestContext.Current.CancellationToken;
        _running = await RunningTopology.StartAsync(
            Change, "--Hosting:RestartDelay=0", $"--Parameters:idp-keys-secret={KeysSecret}");
        var redis = ConfigurationOptions.Parse((await Running.App.GetConnectionStringAsync("cache", cancelled))!);
        redis.AbortOnConnectFail = false;
        Redis = await ConnectionMultiplexer.ConnectAsync(redis);
        Transmitter = await TransmitterAccess.OpenAsync(Running, KeysSecret, cancelled);
    }

    /// <summary>Returns when Redis answers this process again: it may have been killed a moment ago.</summary>
    internal Task RedisAnswersAsync(CancellationToken cancellationToken) => Eventually.BecomesTrueAsync(
        async () =>
        {
            try
            {
                await Redis.GetDatabase().PingAsync();
                return true;
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                return false;
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            Transmitter?.Dispose();
            Redis?.Dispose();
            await _running.DisposeAsync();
        }
    }

    private static void Change(IDistributedApplicationTestingBuilder builder)
    {
        var idp = builder.Project("idp")
            .WithEnvironment("Idp__Limits__PerAddress", NoLimit)
            .WithEnvironment("Idp__Limits__PerClient", NoLimit);
        var redis = builder.CreateResourceBuilder(builder.Resources.OfType<RedisResource>().Single());
        builder.AddProject(SecondConsumer, builder.Project(Consumer).Resource.GetProjectMetadata().ProjectPath)
            .WithReference(redis)
            .WithReference(builder.CreateResourceBuilder(builder.Resources.OfType<KafkaServerResource>().Single()))
            .WithEnvironment("Oidc__Issuer", idp.GetEndpoint("https"))
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();

        var portal = builder.Project("bff").WithEnvironment("Bff__Limits__CallsPerSession", NoLimit);
        var protection = builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "data-protection-secret");
        builder.AddProject(HastyPortal, portal.Resource.GetProjectMetadata().ProjectPath)
            .WithReference(redis)
            .WithReference(builder.Project("contacts-api"))
            .WithReference(builder.Project("spa"))
            .WithEnvironment("Oidc__Issuer", idp.GetEndpoint("https"))
            .WithEnvironment("DataProtection__Secret", builder.CreateResourceBuilder(protection))
            .WithEnvironment("Bff__PublicUrl", portal.GetEndpoint("https"))
            .WithEnvironment("Bff__Events__SilentAfter", "00:00:05")
            .WithEnvironment("Bff__Events__ConfirmEvery", "00:00:05")
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();
    }
}

/// <summary>All fault tests, since they share their topology.</summary>
[CollectionDefinition]
public sealed class FaultTests : ICollectionFixture<FaultTopology>;

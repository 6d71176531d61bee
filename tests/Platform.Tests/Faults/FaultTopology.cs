using Platform.Testing;
using Platform.Tests.Topology;
using StackExchange.Redis;

namespace Platform.Tests.Faults;

/// <summary>
/// The topology that the fault tests do their worst to, one after the other; each leaves it whole. What crashes is started again
/// at once; a second consumer, one that polls, and a portal that soon misses events start when they are told to.
/// </summary>
public sealed class FaultTopology : IAsyncLifetime
{
    public const string Consumer = "caep";
    public const string SecondConsumer = "caep-2";
    public const string PollingConsumer = "caep-polling";
    public const string HastyPortal = "bff-hasty";

    private const string NoLimit = "1000000";

    private static readonly string KeysSecret = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    private readonly string _receiverSecret = Guid.NewGuid().ToString("N");
    private readonly IdpFiles _files = new();
    private RunningTopology? _running;

    public RunningTopology Running => _running ?? throw new InvalidOperationException("The topology has not started.");

    /// <summary>Whether what is in Kafka outlives Kafka.</summary>
    public static bool HasApacheKafka => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KAFKA_HOME"));

    internal ConnectionMultiplexer Redis { get; private set; } = null!;

    internal TransmitterAccess Transmitter { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await File.AppendAllTextAsync(_files.PathOf("clients.yaml"), $"""

              - client_id: {PollingConsumer}
                token_endpoint_auth_method: client_secret_basic
                client_secret: {_receiverSecret}
                grant_types: [client_credentials]
                scopes: [ssf.read, ssf.manage]

            """, cancelled);
        _running = await RunningTopology.StartAsync(
            dashboard: true, Change, "--Hosting:RestartDelay=0", $"--Parameters:idp-keys-secret={KeysSecret}");
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

        _files.Dispose();
    }

    private void Change(IDistributedApplicationTestingBuilder builder)
    {
        var idp = builder.Project("idp")
            .WithEnvironment("Idp__ConfigFolder", _files.Folder)
            .WithEnvironment("Idp__Limits__PerAddress", NoLimit)
            .WithEnvironment("Idp__Limits__PerClient", NoLimit);
        AddConsumer(builder, SecondConsumer, idp);
        AddConsumer(builder, PollingConsumer, idp)
            .WithEnvironment("Oidc__Poll__TokenEndpoint", ReferenceExpression.Create($"{idp.GetEndpoint("https")}/token"))
            .WithEnvironment("Oidc__Poll__ClientId", PollingConsumer)
            .WithEnvironment("Oidc__Poll__ClientSecret", _receiverSecret)
            .WithEnvironment("Oidc__Poll__Format", "complex");
        AddHastyPortal(builder, idp, builder.Project("bff").WithEnvironment("Bff__Limits__CallsPerSession", NoLimit));
    }

    private static IResourceBuilder<ProjectResource> AddConsumer(
        IDistributedApplicationTestingBuilder builder, string name, IResourceBuilder<ProjectResource> idp) =>
        builder.AddProject(name, builder.Project(Consumer).Resource.GetProjectMetadata().ProjectPath)
            .WithReference(builder.CreateResourceBuilder(builder.Resources.OfType<RedisResource>().Single()))
            .WithReference(builder.CreateResourceBuilder(builder.Resources.OfType<KafkaServerResource>().Single()))
            .WithEnvironment("Oidc__Issuer", idp.GetEndpoint("https"))
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();

    private static void AddHastyPortal(
        IDistributedApplicationTestingBuilder builder, IResourceBuilder<ProjectResource> idp, IResourceBuilder<ProjectResource> portal)
    {
        var protection = builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "data-protection-secret");
        builder.AddProject(HastyPortal, portal.Resource.GetProjectMetadata().ProjectPath)
            .WithReference(builder.CreateResourceBuilder(builder.Resources.OfType<RedisResource>().Single()))
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

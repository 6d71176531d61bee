using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Feed;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>A feed over a real port, of an application with a project in two replicas, a Redis and a secret.</summary>
internal sealed class FeedFixture : IAsyncDisposable
{
    public const string Key = "the-key-of-the-feed";
    public const string Secret = "open-sesame";

    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly GrpcServer _server;

    private FeedFixture()
    {
        Bff = new ExecutableResource("bff", "bff", "/");
        Bff.Annotations.Add(new ResourceInstances(["bff-aaaaaaaa", "bff-bbbbbbbb"]));
        Cache = new RedisResource("cache");
        Cache.Annotations.Add(new ResourceInstances(["cache-cccccccc"]));
        Password = new ParameterResource("cache-password", _ => Secret, secret: true);
        var resources = new ResourceCollection();
        foreach (var resource in new IResource[] { Bff, Cache, Password })
        {
            resources.Add(resource);
        }

        var model = new DistributedApplicationModel(resources);
        Notifications = new(model, _services, WaitBehavior.StopOnResourceUnavailable);
        Logs = new(TimeProvider.System);
        var feed = new ResourceFeed("Shop", model, Notifications, Logs, new(model, _services), Questions, SecretMask.Of(model));
        _server = new(Key, feed.Methods, TimeProvider.System, Complaints);
    }

    public ExecutableResource Bff { get; }

    public RedisResource Cache { get; }

    public ParameterResource Password { get; }

    public ResourceNotificationService Notifications { get; }

    public ResourceLoggerService Logs { get; }

    public Interactions Questions { get; } = new();

    /// <summary>What the server warns of.</summary>
    public FeedComplaints Complaints { get; } = new();

    public Uri Address { get; private set; } = null!;

    public static async Task<FeedFixture> StartAsync()
    {
        var fixture = new FeedFixture();
        fixture.Address = await fixture._server.StartAsync(TestContext.Current.CancellationToken);
        return fixture;
    }

    public GrpcClient Client(string? key = Key) => new(Address, key);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Notifications.Dispose();
        await _services.DisposeAsync();
    }
}

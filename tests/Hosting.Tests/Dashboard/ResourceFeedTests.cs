using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Feed.Wire;
using Health = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class ResourceFeedTests : IAsyncLifetime
{
    private FeedFixture _feed = null!;
    private GrpcClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _feed = await FeedFixture.StartAsync();
        _client = _feed.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _feed.DisposeAsync();
    }

    [Fact]
    public async Task Tells_all_replicas_first_and_then_what_changes()
    {
        await PublishAsync(_feed.Bff, snapshot => snapshot with { State = KnownResourceStates.Starting });
        await using var updates = Watch();
        var initial = (await NextAsync(updates)).InitialData.Resources;
        Assert.Equal(["bff-aaaaaaaa", "bff-bbbbbbbb"], initial.Select(resource => resource.Name));
        Assert.All(initial, resource => Assert.Equal(("bff", "Starting"), (resource.DisplayName, resource.State)));

        await _feed.Notifications.PublishUpdateAsync(
            _feed.Bff, "bff-bbbbbbbb", snapshot => snapshot with { State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success) });
        var change = Assert.Single((await NextAsync(updates)).Changes.Value).Upsert;
        Assert.Equal(("bff-bbbbbbbb", "Running", "success"), (change.Name, change.State, change.StateStyle));
    }

    [Fact]
    public async Task Tells_a_dashboard_that_connects_again_everything_that_is_now()
    {
        await PublishAsync(_feed.Bff, snapshot => snapshot with { State = KnownResourceStates.Starting });
        await using (var gone = Watch())
        {
            await NextAsync(gone);
        }

        await PublishAsync(_feed.Bff, snapshot => snapshot with { State = KnownResourceStates.Running });
        await PublishAsync(_feed.Cache, snapshot => snapshot with { State = KnownResourceStates.Starting });

        await using var again = Watch();
        var initial = (await NextAsync(again)).InitialData.Resources;
        Assert.Equal(
            [("bff-aaaaaaaa", "Running"), ("bff-bbbbbbbb", "Running"), ("cache-cccccccc", "Starting")],
            initial.Select(resource => (resource.Name, resource.State)));
    }

    [Fact]
    public async Task Tells_everything_that_the_dashboard_shows_of_a_resource()
    {
        var started = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await PublishAsync(_feed.Cache, snapshot => snapshot with
        {
            State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = started,
            HealthReports = [new("serves", Health.Unhealthy, "not yet", "refused") { LastRunAt = started }, new("other", null, null, null)],
            Urls = [new("tcp", "tcp://localhost:6379", IsInternal: true) { DisplayProperties = new("Cache", 3), IsInactive = true }],
            Volumes = [new("cache", "/data", "Volume", false)],
            Relationships = [new("cache-password", "Reference"), new("bff", "WaitFor")],
            Properties = [new("executable.pid", 42), new("executable.args", new[] { "--a", "b" }) { IsSensitive = true }],
        });

        var cache = await FirstAsync("cache-cccccccc");
        Assert.Equal(started, cache.StartedAt.ToDateTime());
        Assert.Null(cache.StoppedAt);
        Assert.Equal((HealthStatus.Unhealthy, "not yet", "refused"), (cache.HealthReports[0].Status, cache.HealthReports[0].Description, cache.HealthReports[0].Exception));
        Assert.False(cache.HealthReports[1].HasStatus);
        var url = Assert.Single(cache.Urls);
        Assert.Equal(("tcp", "tcp://localhost:6379", true, true, "Cache"), (url.EndpointName, url.FullUrl, url.IsInternal, url.IsInactive, url.DisplayProperties.DisplayName));
        Assert.Equal("/data", Assert.Single(cache.Volumes).Target);
        Assert.Equal([("cache-password", "Reference"), ("bff", "WaitFor")], cache.Relationships.Select(other => (other.ResourceName, other.Type)));
        Assert.Equal(42, cache.Properties.Single(property => property.Name == "executable.pid").Value.NumberValue);
        Assert.True(cache.Properties.Single(property => property.Name == "executable.args").IsSensitive);
        Assert.Equal("Unhealthy", cache.Properties.Single(property => property.Name == "resource.healthState").Value.StringValue);
    }

    [Fact]
    public async Task Shows_secrets_nowhere_but_at_their_parameter()
    {
        await PublishAsync(_feed.Cache, snapshot => snapshot with
        {
            EnvironmentVariables = [new("ConnectionStrings__cache", $"localhost:1,password={FeedFixture.Secret}", IsFromSpec: true)],
            Properties = [new("executable.args", new[] { $"--password={FeedFixture.Secret}" })],
        });
        await PublishAsync(_feed.Password, snapshot => snapshot with { Properties = [new("Value", FeedFixture.Secret) { IsSensitive = true }] });

        var cache = await FirstAsync("cache-cccccccc");
        Assert.DoesNotContain(FeedFixture.Secret, cache.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("localhost:1,password=●", Assert.Single(cache.Environment).Value, StringComparison.Ordinal);

        var parameter = await FirstAsync("cache-password");
        var value = parameter.Properties.Single(property => property.Name == "Value");
        Assert.Equal((true, FeedFixture.Secret), (value.IsSensitive, value.Value.StringValue));
    }

    [Fact]
    public async Task Keeps_to_itself_what_processes_merely_inherit()
    {
        await PublishAsync(_feed.Cache, snapshot => snapshot with
        {
            EnvironmentVariables =
            [
                new("PATH", Environment.GetEnvironmentVariable("PATH"), IsFromSpec: false),
                new("OTEL_SERVICE_NAME", "cache", IsFromSpec: false),
            ],
        });
        Assert.Equal("OTEL_SERVICE_NAME", Assert.Single((await FirstAsync("cache-cccccccc")).Environment).Name);
    }

    private static async Task<WatchResourcesUpdate> NextAsync(IAsyncEnumerator<WatchResourcesUpdate> updates)
    {
        Assert.True(await updates.MoveNextAsync());
        return updates.Current;
    }

    private Task PublishAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        _feed.Notifications.PublishUpdateAsync(resource, change);

    private IAsyncEnumerator<WatchResourcesUpdate> Watch() =>
        _client.CallAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, Cancellation).GetAsyncEnumerator(Cancellation);

    private async Task<Aspire.Hosting.Dashboard.Feed.Wire.Resource> FirstAsync(string name)
    {
        await using var updates = Watch();
        return (await NextAsync(updates)).InitialData.Resources.Single(resource => resource.Name == name);
    }
}

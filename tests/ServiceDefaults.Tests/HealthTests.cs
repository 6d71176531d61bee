using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Platform.Testing;

namespace Platform.ServiceDefaults.Tests;

public sealed class HealthTests
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_service_without_dependencies_is_healthy_and_alive(string path)
    {
        await using var service = await ServiceHost.StartAsync();
        using var http = new HttpClient { BaseAddress = service.Address };

        Assert.Equal("Healthy", await http.GetStringAsync(path, _cancelled));
    }

    [Fact]
    public async Task A_failing_dependency_makes_a_service_unready_but_leaves_it_alive()
    {
        await using var service = await ServiceHost.StartAsync(builder =>
            builder.Services.AddHealthChecks().AddCheck("dependency", () => HealthCheckResult.Unhealthy("away")));
        using var http = new HttpClient { BaseAddress = service.Address };

        using var ready = await http.GetAsync("/health", _cancelled);
        using var alive = await http.GetAsync("/alive", _cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Redis_is_part_of_readiness()
    {
        using var redis = new RedisServer();
        await using var service = await ServiceHost.StartAsync(
            builder => builder.AddRedisClient("cache"), null, $"--ConnectionStrings:cache={redis.ConnectionString}");
        using var http = new HttpClient { BaseAddress = service.Address };
        using var before = await http.GetAsync("/health", _cancelled);

        redis.Stop();
        using var after = await http.GetAsync("/health", _cancelled);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, after.StatusCode);
    }

    [Fact]
    public async Task A_missing_connection_string_is_named()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServiceHost.StartAsync(builder => builder.AddRedisClient("cache")));

        Assert.Contains("ConnectionStrings:cache", refusal.Message, StringComparison.Ordinal);
    }
}

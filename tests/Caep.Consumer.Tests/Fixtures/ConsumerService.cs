using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Platform.Testing;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>The service as Program.cs puts it together, on a free port.</summary>
internal sealed class ConsumerService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsumerService(WebApplication app) => _app = app;

    public RecordedLogs Logs { get; private init; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<ConsumerService> StartAsync(
        string kafka, string redis, string issuer, Action<WebApplicationBuilder>? configure = null)
    {
        var logs = new RecordedLogs();
        var app = Build(kafka, redis, issuer, logs, configure);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ConsumerService(app) { Logs = logs };
    }

    public static WebApplication Build(
        string kafka, string redis, string issuer, RecordedLogs logs, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(logs);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = kafka,
            ["ConnectionStrings:cache"] = redis,
            ["Oidc:Issuer"] = issuer,
        });
        configure?.Invoke(builder);
        return CaepHost.Build(builder);
    }

    /// <summary>The check called <c>events</c>, as the health endpoint sees it.</summary>
    public async Task<HealthReportEntry> HealthAsync()
    {
        var report = await _app.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "events", TestContext.Current.CancellationToken);
        return report.Entries["events"];
    }

    public Task IsReadyAsync() => Eventually.BecomesTrueAsync(
        async () => (await HealthAsync()).Status == HealthStatus.Healthy, TestContext.Current.CancellationToken);

    public Task IsUnhealthyAsync(string because) => Eventually.BecomesTrueAsync(
        async () => await HealthAsync() is { Status: HealthStatus.Unhealthy } health &&
            health.Description!.Contains(because, StringComparison.Ordinal),
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }
}

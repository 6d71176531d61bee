using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Flows.Telemetry;

namespace Platform.Flows.Tests;

/// <summary>The service on a real Kestrel.</summary>
internal sealed class FlowsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FlowsServer(WebApplication app) => _app = app;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    public TraceStore Traces => _app.Services.GetRequiredService<TraceStore>();

    public FeedState Feed => _app.Services.GetRequiredService<FeedState>();

    public static async Task<FlowsServer> StartAsync(params (string Name, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        var server = new FlowsServer(FlowsHost.Build(builder));
        await server._app.StartAsync();
        server.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server._app.Urls.First()) };
        return server;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

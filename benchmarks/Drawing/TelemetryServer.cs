using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Benchmarks.Drawing;

/// <summary>Answers as the telemetry API of Aspire's dashboard: the traces that it has, a line each, and then nothing more.</summary>
internal sealed class TelemetryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IReadOnlyList<string> _traces;

    private TelemetryServer(IReadOnlyList<string> traces)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _traces = traces;
    }

    public string Address => _app.Urls.Single();

    public static async Task<TelemetryServer> StartAsync(IReadOnlyList<string> traces)
    {
        var server = new TelemetryServer(traces);
        server._app.MapGet("/api/telemetry/spans", server.FollowAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task FollowAsync(HttpContext http)
    {
        http.Response.ContentType = "application/x-ndjson";
        foreach (var trace in _traces)
        {
            await http.Response.WriteAsync(trace + "\n", http.RequestAborted);
        }

        await http.Response.Body.FlushAsync(http.RequestAborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

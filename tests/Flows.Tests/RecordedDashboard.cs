using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Flows.Tests;

/// <summary>
/// Answers <c>/api/telemetry/spans?follow=true</c> as the dashboard does: what it has, a line per document, then each as it comes.
/// The real one is asked by the tests of the topology.
/// </summary>
internal sealed class RecordedDashboard : IAsyncDisposable
{
    public const string Key = "the-key-of-the-dashboard";

    private readonly List<string> _lines = [];
    private readonly List<ChannelWriter<string>> _followers = [];
    private WebApplication? _app;

    public string Address { get; private set; } = "";

    public async Task StartAsync(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        _app = builder.Build();
        _app.MapGet("/api/telemetry/spans", FollowAsync);
        await _app.StartAsync();
        Address = _app.Urls.First();
    }

    /// <summary>Goes away; what it had is gone.</summary>
    public async Task StopAsync()
    {
        lock (_lines)
        {
            _followers.ForEach(follower => follower.TryComplete());
            _followers.Clear();
            _lines.Clear();
        }

        await _app!.DisposeAsync();
    }

    public void Tell(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
            _followers.ForEach(follower => follower.TryWrite(line));
        }
    }

    public void TellRecording(string name)
    {
        using var recorded = JsonDocument.Parse(Recordings.Bytes(name));
        Tell(JsonSerializer.Serialize(recorded.RootElement.GetProperty("data")));
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task FollowAsync(HttpContext http)
    {
        if (http.Request.Headers["x-api-key"] != Key || http.Request.Query["follow"] != "true")
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var channel = Channel.CreateUnbounded<string>();
        lock (_lines)
        {
            _lines.ForEach(line => channel.Writer.TryWrite(line));
            _followers.Add(channel.Writer);
        }

        http.Response.ContentType = "application/x-ndjson";
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await foreach (var line in channel.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.WriteAsync(line + "\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Bff.Tests.Fixture;

/// <summary>A service behind the BFF that remembers what reached it.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async http =>
        {
            Requests.Enqueue(new(
                http.Request.Method, http.Request.Path,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            http.Response.StatusCode = Status;
            http.Response.Headers.SetCookie = "planted=by-upstream";
            if (Status == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            }

            await http.Response.WriteAsync($"answer of {name}");
        });
    }

    internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers);

    public ConcurrentQueue<Received> Requests { get; } = new();

    public int Status { get; set; } = StatusCodes.Status200OK;

    public string Address => _app.Urls.Single();

    public static async Task<Upstream> StartAsync(string name)
    {
        var upstream = new Upstream(name);
        await upstream._app.StartAsync();
        return upstream;
    }

    public void Reset()
    {
        Requests.Clear();
        Status = StatusCodes.Status200OK;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

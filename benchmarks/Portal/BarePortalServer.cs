using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Benchmarks.Portal;

/// <summary>
/// The process <c>Platform.Benchmarks serve-bare-portal</c>: an endpoint that answers the JSON of <c>/auth/session</c>, and
/// YARP with one route to the API.
/// </summary>
internal static class BarePortalServer
{
    public const string Command = "serve-bare-portal";
    public const string Upstream = "BENCH_UPSTREAM";

    private sealed record SessionJson(
        string Subject, string? Name, string? Email, string? SessionId,
        DateTimeOffset AuthenticatedAt, DateTimeOffset ExpiresAt, DateTimeOffset IdleExpiresAt);

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "api", ClusterId = "api", Match = new RouteMatch { Path = SurroundingsServer.Api } }],
            [new ClusterConfig
            {
                ClusterId = "api",
                Destinations = new Dictionary<string, DestinationConfig>
                {
                    ["one"] = new() { Address = Environment.GetEnvironmentVariable(Upstream) ?? "" },
                },
            }]);
        await using var app = builder.Build();
        var now = TimeProvider.System.GetUtcNow();
        var session = new SessionJson(
            "subject-1", SurroundingsServer.PersonName, SurroundingsServer.PersonEmail, $"{Guid.NewGuid()}",
            now, now.AddDays(1), now.AddHours(1));
        app.MapGet("/auth/session", () => TypedResults.Ok(session));
        app.MapReverseProxy();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        Console.WriteLine($"Now listening on: {app.Urls.Single()}");
        await app.WaitForShutdownAsync();
    }
}

using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Benchmarks.Portal;

/// <summary>
/// What a portal has around it, by the process <c>Platform.Benchmarks serve-surroundings</c>: a provider that knows everybody
/// who comes, and an API that answers one kilobyte to whoever shows a token. Neither counts as work of a contestant.
/// </summary>
internal static class SurroundingsServer
{
    public const string Command = "serve-surroundings";
    public const string Api = "/contacts";
    public const int ApiLength = 1024;
    public const string PersonName = "Ada Lovelace";
    public const string PersonEmail = "ada@bench.test";

    private static readonly byte[] Kilobyte = Encoding.ASCII.GetBytes($"[\"{new string('x', ApiLength - 4)}\"]");

    public static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        "dotnet", [typeof(SurroundingsServer).Assembly.Location, Command], new Dictionary<string, string>());

    public static string AddressOf(ServerProcess surroundings) => $"http://127.0.0.1:{surroundings.Port}";

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.MapGet(Api, Answer);
        var provider = new LightProvider(() => app.Urls.Single());
        provider.Map(app);
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        Console.WriteLine($"Now listening on: {app.Urls.Single()}");
        await app.WaitForShutdownAsync();
    }

    private static Task Answer(HttpContext http)
    {
        // What would be forwarded without a token would not be the same work.
        if (http.Request.Headers.Authorization.Count != 1)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Kilobyte.Length;
        return http.Response.Body.WriteAsync(Kilobyte).AsTask();
    }
}

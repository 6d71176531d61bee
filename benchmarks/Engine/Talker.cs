using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Benchmarks.Engine;

/// <summary>
/// A resource as others are, by the process <c>Platform.Benchmarks talk</c>: it answers, and writes a line now and then, which
/// says when that was.
/// </summary>
internal static class Talker
{
    public const string Command = "talk";
    public const string PortVariable = "BENCH_PORT";
    public const string Health = "/health";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long ago the line was written; null for a line of another kind. The clock is the machine's, the same in all processes.</summary>
    public static TimeSpan? AgeOf(string line) =>
        line.Split(' ') is ["at", var time] && long.TryParse(time, CultureInfo.InvariantCulture, out var written)
            ? Stopwatch.GetElapsedTime(written)
            : null;

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable(PortVariable)}");
        await using var app = builder.Build();
        app.MapGet(Health, () => "well");
        await app.StartAsync();
        using var timer = new PeriodicTimer(Pause);
        while (!app.Lifetime.ApplicationStopping.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"at {Stopwatch.GetTimestamp()}"));
        }
    }
}

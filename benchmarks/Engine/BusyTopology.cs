using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Benchmarks.Engine;

/// <summary>
/// An AppHost with a resource that talks a lot and one that does not, by the process <c>Platform.Benchmarks serve-busy SECONDS FILE</c>.
/// It looks at the other before, while and after the one talks, and writes into the file what it saw.
/// </summary>
internal sealed class BusyTopology(DistributedApplication app, TimeSpan watch)
{
    public const string Command = "serve-busy";
    public const int Rate = 20_000;

    private const int FloodFactor = 10; // what is as fast as it can be is over soon

    private const string Busy = "busy";
    private const string Flood = "flood";
    private const string Other = "other";

    public static async Task RunAsync(string seconds, string file)
    {
        var watch = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--DcpPublisher:RandomizePorts=true"],
            DisableDashboard = true,
        });
        var program = typeof(BusyTopology).Assembly.Location;
        builder.AddExecutable(Other, "dotnet", ".", program, Talker.Command)
            .WithHttpEndpoint(env: Talker.PortVariable).WithHttpHealthCheck(Talker.Health);
        var lines = LinesIn(watch);
        builder.AddExecutable(Busy, "dotnet", ".", program, Shouter.Command, $"{Rate}", $"{lines}").WithExplicitStart();
        builder.AddExecutable(Flood, "dotnet", ".", program, Shouter.Command, "0", $"{FloodIn(watch)}").WithExplicitStart();
        await using var app = builder.Build();
        await app.StartAsync();
        var phases = await new BusyTopology(app, watch).WatchAsync();
        await app.StopAsync();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(phases));
    }

    /// <summary>How many lines it writes as fast as it can.</summary>
    public static int FloodIn(TimeSpan watch) => FloodFactor * LinesIn(watch);

    private static int LinesIn(TimeSpan watch) => (int)(Rate * watch.TotalSeconds);

    private async Task<List<BusyPhase>> WatchAsync()
    {
        await QuietAsync("warm-up"); // in which the runtime compiles
        return
        [
            await QuietAsync("before"),
            await WhileAsync("20,000 lines/s", Busy),
            await WhileAsync("20,000 lines/s, again", Busy),
            await WhileAsync("as fast as it can", Flood),
            await QuietAsync("afterwards"),
        ];
    }

    private Task<BusyPhase> QuietAsync(string name) => ObserveAsync(name, () => Task.Delay(watch / 2, TimeProvider.System));

    private async Task<BusyPhase> WhileAsync(string name, string resource)
    {
        var phase = await ObserveAsync(name, async () =>
        {
            var result = await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand);
            if (!result.Success)
            {
                throw new InvalidOperationException(result.ErrorMessage);
            }

            await app.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Finished);
        });
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
        {
            return phase with { Rate = Shouter.RateBy(lines.Last(line => line.IsErrorMessage).Content) };
        }

        return phase;
    }

    private async Task<BusyPhase> ObserveAsync(string name, Func<Task> work)
    {
        using var end = new CancellationTokenSource();
        var (lines, answers, memory) = (ReadAsync(end.Token), AskAsync(end.Token), WeighAsync(end.Token));
        await work();
        await end.CancelAsync();
        return new(name, await lines, await answers, await memory, 0);
    }

    /// <summary>How late the lines of the other are seen.</summary>
    private async Task<List<TimeSpan>> ReadAsync(CancellationToken end)
    {
        var late = new List<TimeSpan>();
        var backlog = true;
        var all = app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(Other);
        await foreach (var lines in all)
        {
            late.AddRange(backlog ? [] : lines.Select(line => Talker.AgeOf(line.Content)).OfType<TimeSpan>());
            backlog = false;
            if (end.IsCancellationRequested)
            {
                break;
            }
        }

        return late;
    }

    /// <summary>How long the answers of the other take, through its public address.</summary>
    private async Task<List<TimeSpan>> AskAsync(CancellationToken end)
    {
        var endpoint = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<IResourceWithEndpoints>()
            .Single(resource => resource.Name == Other).GetEndpoint("http");
        using var http = new HttpClient { BaseAddress = new Uri(endpoint.Url) };
        var took = new List<TimeSpan>();
        while (!end.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            _ = await http.GetStringAsync(Talker.Health, CancellationToken.None);
            took.Add(Stopwatch.GetElapsedTime(began));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }

        return took;
    }

    /// <summary>The most memory that the AppHost has.</summary>
    private static async Task<long> WeighAsync(CancellationToken end)
    {
        var most = 0L;
        while (!end.IsCancellationRequested)
        {
            most = Math.Max(most, Environment.WorkingSet);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        return most;
    }
}

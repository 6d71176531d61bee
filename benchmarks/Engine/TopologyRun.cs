using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Engine;

/// <summary>
/// The AppHost as somebody starts it who has built it: <c>dotnet run --no-build</c>, with Garnet and the broker in memory. What it
/// says on its console tells what is when.
/// </summary>
internal sealed partial class TopologyRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly Process _run;
    private readonly long _launched = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, TimeSpan> _starting = [];
    private readonly Dictionary<string, TimeSpan> _healthy = [];
    private readonly List<string> _lines = [];

    private TopologyRun(string data, string? dashboard)
    {
        _run = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet",
            [
                "run", "--no-build", "--project", Built.Path("AppHost"), "--",
                "--Hosting:Redis=garnet", "--Hosting:Kafka=memory", "--DcpPublisher:RandomizePorts=true",
                $"--Hosting:DataFolder={data}", $"--DataFolder={data}", .. dashboard is null ? [] : (string[])[$"--Hosting:DashboardPath={dashboard}"],
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        _run.OutputDataReceived += (_, line) => Read(line.Data);
        _run.ErrorDataReceived += (_, line) => Read(line.Data);
        _run.Exited += (_, _) => _started.TrySetException(new InvalidOperationException($"The AppHost ended:\n{string.Join('\n', _lines)}"));
        _run.Start();
        _run.BeginOutputReadLine();
        _run.BeginErrorReadLine();
    }

    /// <summary>From the launch until all was healthy.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>CPU time of all processes until then, and that of the engine: <c>dotnet run</c> and the AppHost.</summary>
    public (TimeSpan All, TimeSpan Engine) Cpu { get; private set; }

    /// <summary>When the process of a resource was started, and when it was healthy; of several the last.</summary>
    public IEnumerable<(string Resource, TimeSpan Starting, TimeSpan Healthy)> Resources =>
        _healthy.Select(resource => (resource.Key, _starting[resource.Key], resource.Value));

    /// <summary>Bytes of the AppHost's process that are in memory.</summary>
    public long Memory
    {
        get
        {
            using var host = ProcessTree.ChildrenOf(_run.Id).Single();
            return host.WorkingSet64;
        }
    }

    /// <param name="data">The folder of keys and secrets, for this start and the next.</param>
    /// <param name="dashboard">Where to look for the dashboard; null for wherever it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TopologyRun> StartAsync(string data, string? dashboard, CancellationToken cancellationToken)
    {
        var run = new TopologyRun(data, dashboard);
        try
        {
            await run._started.Task.WaitAsync(Patience, cancellationToken);
            var all = ProcessTree.DescendantsOf(run._run.Id).Prepend(run._run).ToList();
            run.Cpu = (all.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime),
                all.Take(2).Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime));
            all.Skip(1).ToList().ForEach(process => process.Dispose());
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _started.TrySetCanceled(); // its end is none of the start's
        foreach (var host in ProcessTree.ChildrenOf(_run.Id))
        {
            using var interrupt = Process.Start("kill", ["-s", "INT", host.Id.ToString(CultureInfo.InvariantCulture)]);
            await interrupt.WaitForExitAsync();
            host.Dispose();
        }

        using var impatience = new CancellationTokenSource(Farewell, TimeProvider.System);
        await _run.WaitForExitAsync(impatience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_run.HasExited)
        {
            _run.Kill(entireProcessTree: true);
        }

        _run.Dispose();
    }

    private void Read(string? line)
    {
        var now = Stopwatch.GetElapsedTime(_launched);
        lock (_lines)
        {
            _lines.Add(line ?? "");
            if (Progress().Match(line ?? "") is { Success: true } progress)
            {
                (progress.Groups["what"].Value is "healthy" ? _healthy : _starting)[progress.Groups["resource"].Value] = now;
            }
            else if (line?.StartsWith("Started in", StringComparison.Ordinal) is true)
            {
                Took = now;
                _started.TrySetResult();
            }
        }
    }

    // A replica has the name of its resource and eight letters.
    [GeneratedRegex(@"^(?<resource>[a-z-]+?)(-[a-z]{8})? +» (?<what>starting|healthy)$")]
    private static partial Regex Progress();
}

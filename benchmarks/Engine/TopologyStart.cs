using System.Globalization;

namespace Platform.Benchmarks.Engine;

/// <summary>
/// How long the topology takes to start when it is built, and how much memory the AppHost then has: in Debug, as a developer has it.
/// </summary>
internal sealed class TopologyStart() : Measurement(
    "start", "from `dotnet run --no-build` until every resource is healthy, with Garnet and the broker in memory")
{
    private const string Nowhere = "none";
    private const long MegaByte = 1_000_000;
    private const long MemoryGoal = 150;
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(5);

    public override string? Missing => File.Exists(Built.Path("AppHostDebug")) ? null
        : "the AppHost is not built in Debug: `./platform bench` builds it, and so does `dotnet build AppHost`";

    public override async Task<string> RunAsync(Effort effort, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            // The first one makes keys and secrets, which are there from then on.
            await using (await TopologyRun.StartAsync(data, Nowhere, cancellationToken))
            {
            }

            var without = await RepeatAsync("without dashboard, as in CI", data, Nowhere, effort, cancellationToken);
            var with = await RepeatAsync("with Aspire's dashboard, where it is installed", data, dashboard: null, effort, cancellationToken);
            return $"{without}\n\n{with}";
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<string> RepeatAsync(string how, string data, string? dashboard, Effort effort, CancellationToken cancellationToken)
    {
        var runs = new List<TopologyRun>();
        var (before, after) = (0L, 0L);
        for (var number = 1; number <= effort.Starts; number++)
        {
            await using var run = await TopologyRun.StartAsync(data, dashboard, cancellationToken);
            runs.Add(run);
            if (number == effort.Starts)
            {
                before = run.Memory;
                await Task.Delay(effort.Watch, TimeProvider.System, cancellationToken);
                after = run.Memory;
            }
        }

        var took = Median(runs.Select(run => run.Took));
        var (all, engine) = (Median(runs.Select(run => run.Cpu.All)), Median(runs.Select(run => run.Cpu.Engine)));
        return string.Join('\n', (string[])
        [
            $"{how}:", "", .. Rows(runs), "",
            $"until all is healthy: {Seconds(took)} s ({Seconds(runs.Min(run => run.Took))} to {Seconds(runs.Max(run => run.Took))}, " +
                $"median of {runs.Count}); goal {Seconds(Goal)} s: {Verdict(took < Goal)}",
            $"CPU time until then: {Seconds(all)} s, of it dotnet run and AppHost {Seconds(engine)} s; " +
                $"on {Environment.ProcessorCount} processors that is {Seconds(all / Environment.ProcessorCount)} s in whatever order",
            string.Create(CultureInfo.InvariantCulture,
                $"the AppHost's memory: {before / MegaByte} MB, {after / MegaByte} MB {effort.Watch.TotalSeconds:0} s later; " +
                $"goal {MemoryGoal} MB: {Verdict(after < MemoryGoal * MegaByte)}"),
        ]);
    }

    private static IEnumerable<string> Rows(List<TopologyRun> runs)
    {
        var rows = runs.SelectMany(run => run.Resources).GroupBy(seen => seen.Resource)
            .Select(seen => (Resource: seen.Key, Starting: Median(seen.Select(one => one.Starting)), Healthy: Median(seen.Select(one => one.Healthy))))
            .OrderBy(row => row.Healthy).ToList();
        var width = rows.Max(row => row.Resource.Length);
        return
        [
            $"| {"".PadRight(width)} | started at s | healthy at s |",
            $"| {new string('-', width)} | -----------: | -----------: |",
            .. rows.Select(row => $"| {row.Resource.PadRight(width)} | {Seconds(row.Starting),12} | {Seconds(row.Healthy),12} |"),
        ];
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => Percentiles.Of(times, 0.5);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}

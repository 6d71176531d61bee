using System.Diagnostics;

namespace Platform.Benchmarks.Load;

/// <summary>
/// Puts one contestant under load: so many workers, each with the next request as soon as it has its answer.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    private readonly Contestant _contestant;
    private readonly Scenario _scenario;
    private readonly Setting _setting;
    private readonly List<Worker> _workers = [];

    private LoadGenerator(Contestant contestant, Scenario scenario, Setting setting)
    {
        _contestant = contestant;
        _scenario = scenario;
        _setting = setting;
    }

    public static async Task<LoadGenerator> OpenAsync(
        Contestant contestant, Scenario scenario, Setting setting, CancellationToken cancellationToken)
    {
        var load = new LoadGenerator(contestant, scenario, setting);
        for (var number = 0; number < scenario.Connections; number++)
        {
            load._workers.Add(new Worker(contestant, await HttpConnection.OpenAsync(contestant.Port, cancellationToken)));
        }

        await scenario.EnterAsync(setting, contestant, load._workers, cancellationToken);
        return load;
    }

    /// <summary>So many requests, prepared before the clock runs.</summary>
    public async Task<Sample> RunAsync(int count, CancellationToken cancellationToken)
    {
        var run = await _scenario.PrepareAsync(_setting, _workers, count, cancellationToken);
        var times = new long[count];
        var (allocated, cpu, start) = (_contestant.Allocated, _contestant.Cpu, Stopwatch.GetTimestamp());
        var next = -1;
        await Task.WhenAll(_workers.Select(worker => Task.Run(async () =>
        {
            for (var index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                var began = Stopwatch.GetTimestamp();
                await run(worker, index);
                times[index] = Stopwatch.GetTimestamp() - began;
            }
        }, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new Sample(count, elapsed, _contestant.Cpu - cpu, _contestant.Allocated - allocated, Slowest(times));
    }

    // All but one in a hundred were at least as quick.
    private static TimeSpan Slowest(long[] times)
    {
        Array.Sort(times);
        return Stopwatch.GetElapsedTime(0, times[(int)(times.Length * 0.99)]);
    }

    public void Dispose() => _workers.ForEach(worker => worker.Dispose());
}

namespace Platform.Benchmarks;

/// <summary>Starts the contestants, gives each scenario to them in turn, and prints what came out.</summary>
internal sealed class Benchmark(Arguments arguments)
{
    // Enough for a first guess at the speed; each request of this is one by one a real one.
    private const int FirstGuess = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine(await Machine.DescribeAsync());
        foreach (var scenario in arguments.Scenarios)
        {
            Console.WriteLine();
            Console.WriteLine(Table.Of(scenario, await MeasureAsync(scenario, cancellationToken)));
        }

        foreach (var measurement in arguments.Measurements)
        {
            Console.WriteLine();
            Console.WriteLine($"{measurement.Name}: {measurement.Title}\n");
            Console.WriteLine(measurement.Missing is { } missing
                ? $"left out: {missing}"
                : await measurement.RunAsync(arguments.Effort, cancellationToken));
        }
    }

    // Each scenario has processes of its own: what one leaves behind does not weigh on the next.
    private async Task<IReadOnlyList<Result>> MeasureAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        await using var setting = new Setting(arguments.Effort.Sessions);
        var contestants = new List<Contestant>();
        try
        {
            contestants.Add(await scenario.Own.StartAsync(setting));
            foreach (var rival in scenario.Rivals.Select(rival => rival.Entrant).Where(entrant => entrant.Missing is null))
            {
                contestants.Add(await rival.StartAsync(setting));
            }

            return await TakeTurnsAsync(scenario, setting, contestants, cancellationToken);
        }
        finally
        {
            foreach (var contestant in contestants)
            {
                await contestant.DisposeAsync();
            }
        }
    }

    // A, B, A, B: what else the machine does meets all alike.
    private async Task<IReadOnlyList<Result>> TakeTurnsAsync(
        Scenario scenario, Setting setting, List<Contestant> contestants, CancellationToken cancellationToken)
    {
        var effort = arguments.Effort;
        var loads = new List<LoadGenerator>();
        var results = contestants.ConvertAll(contestant => new Result(contestant.Name));
        try
        {
            foreach (var contestant in contestants)
            {
                loads.Add(await LoadGenerator.OpenAsync(contestant, scenario, setting, cancellationToken));
            }

            var speeds = new double[loads.Count];
            for (var index = 0; index < loads.Count; index++)
            {
                speeds[index] = (await loads[index].RunAsync(FirstGuess, cancellationToken)).PerSecond;
            }

            for (var round = -effort.WarmUps; round < effort.Rounds; round++)
            {
                for (var index = 0; index < loads.Count; index++)
                {
                    var count = Math.Max(FirstGuess, (int)(speeds[index] * effort.Round.TotalSeconds));
                    var sample = await loads[index].RunAsync(count, cancellationToken);
                    speeds[index] = sample.PerSecond;
                    if (round >= 0)
                    {
                        results[index].Samples.Add(sample);
                    }
                }
            }

            return results;
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }
}

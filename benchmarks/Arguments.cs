namespace Platform.Benchmarks;

/// <summary>What is measured, and how long.</summary>
internal sealed record Arguments(IReadOnlyList<Scenario> Scenarios, IReadOnlyList<Measurement> Measurements, Effort Effort)
{
    public static string Usage { get; } = $"""
        usage: bench [--quick] [NAME...]

          --quick   one short round each: shows that everything runs, measures nothing
          NAME      {string.Join(", ", Names)} (default: all)
        """;

    private static IEnumerable<string> Names =>
        [.. Scenario.All.Select(scenario => scenario.Name), .. Measurement.All.Select(measurement => measurement.Name)];

    /// <summary>Null when they cannot be understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var names = args.Where(argument => argument != "--quick").ToList();
        return names.Except(Names).Any()
            ? null
            : new Arguments(
                [.. Scenario.All.Where(scenario => IsChosen(scenario.Name))],
                [.. Measurement.All.Where(measurement => IsChosen(measurement.Name))],
                args.Contains("--quick") ? Effort.Quick : Effort.Full);

        bool IsChosen(string name) => names.Count == 0 || names.Contains(name);
    }
}

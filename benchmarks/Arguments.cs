namespace Platform.Benchmarks;

/// <summary>What is measured, and how long.</summary>
internal sealed record Arguments(IReadOnlyList<Scenario> Scenarios, Effort Effort)
{
    public static string Usage { get; } = $"""
        usage: bench [--quick] [NAME...]

          --quick   one short round each: shows that everything runs, measures nothing
          NAME      {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))} (default: all)
        """;

    /// <summary>Null when they cannot be understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var names = args.Where(argument => argument != "--quick").ToList();
        var chosen = Scenario.All.Where(scenario => names.Count == 0 || names.Contains(scenario.Name)).ToList();
        return names.Except(Scenario.All.Select(scenario => scenario.Name)).Any()
            ? null
            : new Arguments(chosen, args.Contains("--quick") ? Effort.Quick : Effort.Full);
    }
}

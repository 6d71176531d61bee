using System.Globalization;

namespace Platform.Benchmarks.Engine;

/// <summary>What was seen of another resource meanwhile.</summary>
/// <param name="Name">Meanwhile.</param>
/// <param name="Lines">How late each of its lines was seen.</param>
/// <param name="Answers">How long each of its answers took.</param>
/// <param name="Memory">The most bytes that the AppHost had in memory.</param>
/// <param name="Rate">How many lines the busy resource wrote in a second.</param>
internal sealed record BusyPhase(string Name, IReadOnlyList<TimeSpan> Lines, IReadOnlyList<TimeSpan> Answers, long Memory, double Rate)
{
    public static string Table(IReadOnlyList<BusyPhase> phases)
    {
        var width = phases.Max(phase => phase.Name.Length);
        return string.Join('\n', (string[])
        [
            $"| {"".PadRight(width)} |  lines/s | line seen p50 ms | p99 ms | answer p50 ms | p99 ms | AppHost MB |",
            $"| {new string('-', width)} | -------: | ---------------: | -----: | ------------: | -----: | ---------: |",
            .. phases.Select(phase => $"| {phase.Name.PadRight(width)} | {Text(phase.Rate),8} | {Of(phase.Lines, 0.5),16} | {Of(phase.Lines, 0.99),6} " +
                $"| {Of(phase.Answers, 0.5),13} | {Of(phase.Answers, 0.99),6} | {phase.Memory / 1_000_000,10} |"),
        ]);
    }

    private static string Text(double rate) => rate.ToString("N0", CultureInfo.InvariantCulture);

    private static string Of(IReadOnlyList<TimeSpan> times, double share) =>
        times.Count == 0 ? "-" : Percentiles.Of(times, share).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
}

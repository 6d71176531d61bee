using System.Globalization;

namespace Platform.Benchmarks.Pipeline;

/// <summary>How many events went through in which time, and what of the machine that took.</summary>
internal sealed record EventRate(string Name, int Events, TimeSpan Took, TimeSpan Consumers, TimeSpan Redis)
{
    public double PerSecond => Events / Took.TotalSeconds;

    public double PerCpuSecond => Events / (Consumers + Redis).TotalSeconds;

    public static string Table(IReadOnlyList<EventRate> rates)
    {
        var width = rates.Max(rate => rate.Name.Length);
        return string.Join('\n', (string[])
        [
            $"| {"".PadRight(width)} |   events/s | events/CPU-s | CPU µs/event | of it Redis |",
            $"| {new string('-', width)} | ---------: | -----------: | -----------: | ----------: |",
            .. rates.Select(rate => $"| {rate.Name.PadRight(width)} | {Text(rate.PerSecond),10} | {Text(rate.PerCpuSecond),12} " +
                $"| {Text(1e6 / rate.PerCpuSecond),12} | {Text(rate.Redis.TotalMicroseconds / rate.Events),11} |"),
        ]);
    }

    private static string Text(double figure) => figure.ToString("N0", CultureInfo.InvariantCulture);
}

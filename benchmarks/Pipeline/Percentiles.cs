using System.Globalization;

namespace Platform.Benchmarks.Pipeline;

/// <summary>How long things took, and how long the slow ones.</summary>
internal static class Percentiles
{
    public static TimeSpan Of(IEnumerable<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    public static string Table(params (string What, IReadOnlyList<TimeSpan> Times)[] rows)
    {
        var width = rows.Max(row => row.What.Length);
        return string.Join('\n', (string[])
        [
            $"| {"".PadRight(width)} |  p50 ms |  p95 ms |  p99 ms |  max ms |   n |",
            $"| {new string('-', width)} | ------: | ------: | ------: | ------: | --: |",
            .. rows.Select(row => $"| {row.What.PadRight(width)} | {Milliseconds(row.Times, 0.5)} | {Milliseconds(row.Times, 0.95)} " +
                $"| {Milliseconds(row.Times, 0.99)} | {Milliseconds(row.Times, 1)} | {row.Times.Count,3} |"),
        ]);
    }

    private static string Milliseconds(IReadOnlyList<TimeSpan> times, double share) =>
        Of(times, share).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(7);
}

using System.Globalization;
using System.Text;

namespace Platform.Benchmarks.Report;

/// <summary>The figures of one scenario, for people and as Markdown.</summary>
internal static class Table
{
    private static readonly string[] Columns =
        ["", "requests/s", "requests/CPU-s", "CPU µs/request", "of it Redis", "allocated/request"];

    private static readonly int[] Widths = [16, 10, 14, 14, 11, 17];

    public static string Of(Scenario scenario, IReadOnlyList<Result> results)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{scenario.Name}: {scenario.Title}").AppendLine();
        AppendRow(text, Columns);
        AppendRow(text, [.. Widths.Select((width, column) => new string('-', width - 1) + (column == 0 ? "-" : ":"))]);
        foreach (var result in results)
        {
            AppendRow(text, Row(result));
        }

        text.AppendLine();
        foreach (var rival in scenario.Rivals)
        {
            text.AppendLine(Verdict(rival, results[0], results.FirstOrDefault(result => result.Name == rival.Entrant.Name)));
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"slowest hundredth at {scenario.Connections} connections: {Slowest(results)}");

        return text.ToString().TrimEnd();
    }

    private static string[] Row(Result result) =>
    [
        result.Name,
        Text(result.Median(sample => sample.PerSecond), "N0"),
        Text(result.Median(sample => sample.PerCpuSecond), "N0"),
        Text(result.Median(sample => sample.CpuMicroseconds), "N0"),
        Text(result.Median(sample => sample.RedisMicroseconds), "N0"),
        result.Samples[0].AllocatedPerRequest is null
            ? "-"
            : Text(result.Median(sample => sample.AllocatedPerRequest ?? 0) / 1024, "N1") + " KB",
    ];

    private static string Verdict(Rival rival, Result own, Result? other)
    {
        if (other is null)
        {
            return $"{rival.Entrant.Name} is not there: {rival.Entrant.Missing}.";
        }

        var perCpuSecond = own.RatioTo(other, sample => sample.PerCpuSecond);
        var goal = rival.Goal is { } least
            ? $" (goal {Text(least, "0.00")}: {(perCpuSecond >= least ? "reached" : "missed")})"
            : "";
        return $"{own.Name} / {other.Name}: {Text(perCpuSecond, "0.00")} per CPU-second{goal}, " +
            $"{Text(own.RatioTo(other, sample => sample.PerSecond), "0.00")} per second";
    }

    private static string Slowest(IReadOnlyList<Result> results) => string.Join(", ", results.Select(result =>
        $"{result.Name} {Text(result.Median(sample => sample.SlowestHundredth.TotalMilliseconds), "0.0")} ms"));

    private static void AppendRow(StringBuilder text, string[] cells) => text.AppendLine(
        "| " + string.Join(" | ", cells.Select((cell, column) =>
            column == 0 ? cell.PadRight(Widths[column]) : cell.PadLeft(Widths[column]))) + " |");

    private static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Engine;

/// <summary>A resource that talks a lot, by the process <c>Platform.Benchmarks shout RATE LINES</c>; with rate 0 as fast as it can.</summary>
internal static class Shouter
{
    public const string Command = "shout";

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);

    /// <summary>How many lines it wrote in a second, by its own last word.</summary>
    public static double RateBy(string lastWord) => double.Parse(lastWord.Split(' ')[0], CultureInfo.InvariantCulture);

    public static async Task RunAsync(string rate, string lines)
    {
        var (perSecond, all) = (int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(lines, CultureInfo.InvariantCulture));
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 16 * 1024);
        var began = Stopwatch.GetTimestamp();
        for (var written = 0; written < all;)
        {
            var due = perSecond == 0 ? all : Math.Min(all, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
            for (; written < due; written++)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"line {written} with as many words as the line of a log has, or a few more"));
            }

            await output.FlushAsync();
            if (written < all)
            {
                await Task.Delay(Breath, TimeProvider.System);
            }
        }

        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{all / Stopwatch.GetElapsedTime(began).TotalSeconds:0} lines/s were written"));
    }
}

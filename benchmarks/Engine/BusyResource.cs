using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Platform.Benchmarks.Engine;

/// <summary>What a resource that writes 20,000 lines a second costs itself, the others and the AppHost.</summary>
internal sealed class BusyResource() : Measurement(
    "busy", "a resource that writes 20,000 console lines a second, and another beside it")
{
    // A tenth more than at first is no growth: it is what a collector leaves lying about.
    private const double Growth = 1.1;
    private const double RateGoal = 0.99 * BusyTopology.Rate;

    public override async Task<string> RunAsync(Effort effort, CancellationToken cancellationToken)
    {
        var watch = effort.Watch / 2;
        var file = Path.GetTempFileName();
        List<BusyPhase> phases;
        try
        {
            await RunAsync([BusyTopology.Command, Text(watch.TotalSeconds), file], cancellationToken);
            phases = JsonSerializer.Deserialize<List<BusyPhase>>(await File.ReadAllTextAsync(file, cancellationToken))!;
        }
        finally
        {
            File.Delete(file);
        }

        var alone = Shouter.RateBy(await RunAsync([Shouter.Command, "0", Text(BusyTopology.FloodIn(watch))], cancellationToken));
        var (busy, again, flood) = (phases[1], phases[2], phases[3]);
        return BusyPhase.Table(phases) + string.Create(CultureInfo.InvariantCulture, $"""


            {BusyTopology.Rate:N0} lines/s for {watch.TotalSeconds:0.#} s: {Verdict(busy.Rate >= RateGoal)}
            memory after as many lines again: {again.Memory / 1_000_000} MB instead of {busy.Memory / 1_000_000}: {(again.Memory <= busy.Memory * Growth ? "does not grow" : "grows")}
            as fast as it can: {flood.Rate:N0} lines/s, into a pipe that is read and nothing else {alone:N0}
            """);
    }

    // Its output is read as bytes and thrown away: the console of somebody who reads along, and the bare pipe.
    private static async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BusyResource).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await errors
            : throw new InvalidOperationException($"It ended with {process.ExitCode}: {await errors}");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Tests;

/// <summary>That a benchmark runs to its end, with real servers; what comes out is no matter of a test.</summary>
public sealed partial class QuickRunTests
{
    [Theory]
    [InlineData("client-secret")]
    [InlineData("session")]
    [InlineData("forward")]
    public async Task A_quick_run_of_one_scenario_ends_with_a_ratio(string scenario)
    {
        var (exitCode, output) = await RunAsync("--quick", scenario);

        Assert.True(exitCode == 0, output);
        Assert.True(double.Parse(Ratio().Match(output).Groups["ratio"].Value, CultureInfo.InvariantCulture) > 0, output);
    }

    [Theory]
    [InlineData("revocation", "p99 goal")]
    [InlineData("events", "two / one: ")]
    public async Task A_quick_run_of_the_pipeline_ends_with_a_verdict(string measurement, string verdict)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KAFKA_HOME")), "KAFKA_HOME is not set.");

        var (exitCode, output) = await RunAsync("--quick", measurement);

        Assert.True(exitCode == 0, output);
        Assert.Contains(verdict, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start", "the AppHost's memory: ")]
    [InlineData("busy", "as fast as it can: ")]
    [InlineData("flow", "page of 500 spans: goal ")]
    public async Task A_quick_run_of_the_engine_or_a_flow_ends_with_a_verdict(string measurement, string verdict)
    {
        var (exitCode, output) = await RunAsync("--quick", measurement);

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("left out", output, StringComparison.Ordinal);
        Assert.Contains(verdict, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_scenario_has_is_answered_with_the_usage()
    {
        var (exitCode, output) = await RunAsync("--quick", "client-secrets");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("usage: ", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.Benchmarks.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"(idp|bff) / bare: (?<ratio>[0-9.]+) per CPU-second")]
    private static partial Regex Ratio();
}

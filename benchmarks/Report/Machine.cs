using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Platform.Benchmarks.Report;

/// <summary>On what the figures were taken.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static async Task<string> DescribeAsync() =>
        $"{await ProcessorAsync()}, {Environment.ProcessorCount} logical cores; {RuntimeInformation.OSDescription}; " +
        $"{RuntimeInformation.FrameworkDescription}; {await SayAsync("redis-server", "--version")}; " +
        $"Node.js {(PeerContestant.Entrant.Missing is null ? await SayAsync("node", "--version") : "not used")}; load average {await LoadAsync()}";

    private static async Task<string> ProcessorAsync() => File.Exists(CpuInfo)
        ? (await File.ReadAllLinesAsync(CpuInfo)).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}"
        : $"{RuntimeInformation.ProcessArchitecture}";

    private static async Task<string> LoadAsync() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";

    private static async Task<string> SayAsync(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return string.Join(' ', said.Trim().Split(' ').Where(word => !word.Contains('=') || word.StartsWith("v=", StringComparison.Ordinal)));
    }
}

using System.Diagnostics;

namespace Aspire.Hosting.Backends;

/// <summary>Runs a program that ends by itself.</summary>
internal static class Tool
{
    /// <summary>Its exit code and the last thing that it said; ended when cancelled.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, Action<string> say, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var last = "";
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, last);

        void Hear(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                last = line.Trim();
                say(last);
            }
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Run;

/// <summary>A process of a resource, leader of a group of its own.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Watchdog _watchdog;
    private readonly TimeProvider _clock;
    private readonly long _startTime;

    private ChildProcess(Process process, Watchdog watchdog, TimeProvider clock, Action<string, bool> onLine)
    {
        (_process, _watchdog, _clock) = (process, watchdog, clock);
        Id = process.Id;
        _startTime = ProcessGroups.StartTime(Id);
        watchdog.Add(Id, _startTime);
        var output = Task.WhenAll(
            LinePump.RunAsync(process.StandardOutput, line => onLine(line, false)),
            LinePump.RunAsync(process.StandardError, line => onLine(line, true)));
        Exited = WaitAsync(output);
    }

    public int Id { get; }

    /// <summary>The exit code, once the process has ended, its output is read, and nothing of its group is left.</summary>
    public Task<int> Exited { get; }

    public static ChildProcess Start(ProcessPlan plan, Watchdog watchdog, TimeProvider clock, Action<string, bool> onLine)
    {
        // Nothing of the resource runs before the watchdog knows of it.
        var (file, arguments) = ProcessGroups.InOwnSessionWhenTold([plan.File, .. plan.Arguments]);
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment.Clear();
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            var child = new ChildProcess(process, watchdog, clock, onLine);
            process.StandardInput.Write("go\n");
            process.StandardInput.Close();
            return child;
        }
        catch (Exception refused) when (refused is Win32Exception or IOException)
        {
            throw new DistributedApplicationException($"{plan.File} could not be started: {refused.Message}.", refused);
        }
    }

    /// <summary>Asks it to end; ends it when <paramref name="impatience"/> is cancelled.</summary>
    public async Task StopAsync(CancellationToken impatience)
    {
        ProcessGroups.Signal(Id, ProcessGroups.Terminate);
        await using (impatience.Register(() => ProcessGroups.Signal(Id, ProcessGroups.Kill)))
        {
            await Exited;
        }
    }

    private async Task<int> WaitAsync(Task output)
    {
        await _process.WaitForExitAsync();
        ProcessGroups.Signal(Id, ProcessGroups.Kill);
        _watchdog.Remove(Id, _startTime);
        try
        {
            await output.WaitAsync(OutputDrain, _clock);
        }
        catch (TimeoutException)
        {
            // Something that left the group still holds the pipe; its output is not the resource's.
        }

        var exitCode = _process.ExitCode;
        _process.Dispose();
        return exitCode;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Contestants;

/// <summary>A server in a process of its own, which ends with the benchmark.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    private readonly int? _port;

    private ServerProcess(ProcessStartInfo start, AllocationReader? allocations, int? port)
    {
        _port = port;
        Allocations = allocations;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(
            new InvalidOperationException($"{start.FileName} ended early:\n{LastLines()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port => _listening.Task.Result;

    public AllocationReader? Allocations { get; }

    /// <summary>User and system time since the start.</summary>
    public TimeSpan Cpu => ProcessTree.CpuOf(_process);

    /// <summary>Starts the server; returns when it says that it listens.</summary>
    /// <param name="port">Where the server does not say on which port.</param>
    public static async Task<ServerProcess> StartAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment,
        AllocationReader? allocations = null, int? port = null)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = AppContext.BaseDirectory };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(start, allocations, port);
        await server._listening.Task;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (!_listening.Task.IsCompleted && Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(_port ?? int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }
    }

    private string LastLines()
    {
        lock (_lastLines)
        {
            return string.Join('\n', _lastLines);
        }
    }

    // Kestrel and oidc-provider, Redis, Apache.
    [GeneratedRegex(
        @"Now listening on: http://127\.0\.0\.1:(?<port>\d+)|Running mode=standalone, port=(?<port>\d+)|resuming normal operations")]
    private static partial Regex Listening();
}

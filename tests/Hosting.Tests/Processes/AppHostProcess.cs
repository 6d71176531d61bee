using System.Diagnostics;
using System.Text;

namespace Platform.Hosting.Tests.Processes;

/// <summary>
/// The sample AppHost as a person starts it, in a process of its own. Everything that it starts, directly or not, inherits a mark in
/// its environment, by which it is found.
/// </summary>
internal sealed class AppHostProcess : IDisposable
{
    private readonly string _mark = $"PLATFORM_TEST={Guid.NewGuid():n}";
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppHostProcess(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [
            "exec", typeof(Projects.SampleAppHost).Assembly.Location, "--DcpPublisher:RandomizePorts=true",
            $"--Hosting:DataFolder={Path.Combine(Folder.FullName, "data")}", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/"
        };
        var (name, value) = (_mark.Split('=')[0], _mark.Split('=')[1]);
        start.Environment[name] = value;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(Folder.FullName, "tmp")).FullName;
        start.Environment["Hosting__DashboardPath"] = "/none";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("platform-test-");

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public string Errors => _errors.ToString();

    /// <summary>What it left where temporary things are.</summary>
    public IEnumerable<string> Temporary => Directory.EnumerateFileSystemEntries(Path.Combine(Folder.FullName, "tmp"))
        .Select(path => Path.GetFileName(path)).Where(name => name.StartsWith("platform-", StringComparison.Ordinal) && !name.EndsWith(".lock", StringComparison.Ordinal));

    /// <summary>Ends when it has said that everything runs, or has ended.</summary>
    public Task StartedAsync() => Task.WhenAny(_started.Task, _process.WaitForExitAsync(Deadline.Token));

    /// <summary>Its output, once this is part of it.</summary>
    public async Task<string> OutputAsync(string part)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Output.Contains(part, StringComparison.Ordinal))
            {
                return Output;
            }

            await changed.WaitAsync(Deadline.Token);
        }
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(Deadline.Token);
        return _process.ExitCode;
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The processes that belong to it, itself left out.</summary>
    public IReadOnlyList<Process> Descendants() => [.. Process.GetProcesses().Where(process => process.Id != _process.Id && IsMarked(process.Id))];

    public void Dispose()
    {
        foreach (var process in Descendants().Prepend(_process).Where(process => !process.HasExited))
        {
            process.Kill();
        }

        _process.Dispose();
        Folder.Delete(recursive: true);
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (line?.StartsWith("Started in", StringComparison.Ordinal) == true)
        {
            _started.TrySetResult();
        }
    }

    private bool IsMarked(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains(_mark);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

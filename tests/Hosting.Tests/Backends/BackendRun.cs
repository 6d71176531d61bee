using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;

namespace Platform.Hosting.Tests.Backends;

/// <summary>Runs what a backend describes, in folders of its own.</summary>
internal sealed class BackendRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backend-test-");
    private readonly List<Process> _processes = [];

    public List<string> Said { get; } = [];

    public int Port { get; private set; }

    public static string? OnPath(string program) => Executables.Find(program, "/");

    public BackendContext Context(
        IResource resource, Dictionary<string, string?>? configuration = null, Dictionary<string, string>? environment = null)
    {
        var port = TargetPorts.Next();
        return new()
        {
            Resource = resource,
            InstanceId = $"{resource.Name}-abcdefgh",
            DataFolder = _folder.CreateSubdirectory("data").FullName,
            RunFolder = _folder.CreateSubdirectory("run").FullName,
            KeepsData = false,
            TargetPort = port,
            PublicAddress = $"localhost:{port}",
            Environment = environment ?? [],
            Configuration = new ConfigurationBuilder().AddInMemoryCollection(configuration).Build(),
            Say = Said.Add,
        };
    }

    /// <summary>Starts it and waits until its probe is content.</summary>
    public async Task<Process> StartAsync(BackendProcess plan, int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(plan.File, plan.Arguments)
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        _processes.Add(process);
        Port = port;
        while (plan.PortFromOutput is { } read)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            Assert.NotNull(line);
            if (read(line) is { } chosen)
            {
                Port = chosen;
                break;
            }
        }

        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();
        while (await plan.Probe(Port, cancellationToken) is { } reason)
        {
            Assert.False(process.HasExited, $"It ended: {reason}");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, reason);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}

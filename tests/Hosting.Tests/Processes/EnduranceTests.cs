using System.Net.NetworkInformation;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Tests.Supervision;

namespace Platform.Hosting.Tests.Processes;

/// <summary>They count what the whole process holds, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What lasts, and what comes often, costs nothing that stays.</summary>
[Collection(nameof(Alone))]
public sealed class EnduranceTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Ten_starts_and_stops_leave_no_process_folder_listener_or_handle()
    {
        await RunAsync(); // What is loaded once is loaded here.
        var before = Handles();
        var runs = new List<(int Port, int ProcessId, string Folder)>();
        for (var i = 0; i < 10; i++)
        {
            runs.Add(await RunAsync());
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        Assert.DoesNotContain(runs, run => listening.Contains(run.Port));
        Assert.DoesNotContain(runs, run => Directory.Exists($"/proc/{run.ProcessId}"));
        Assert.DoesNotContain(runs, run => Directory.Exists(run.Folder));
        // Pipes of threads come and go; a leak would leave some for every run.
        Assert.InRange(Handles() - before, int.MinValue, 9);

        static int Handles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Two_topologies_at_once_do_not_meet()
    {
        await using var one = Described();
        await using var other = Described();
        await Task.WhenAll(one.StartAsync(), other.StartAsync());

        Assert.NotEqual(one.AddressOf("tool", "http"), other.AddressOf("tool", "http"));
        Assert.NotEqual(FolderOf(one), FolderOf(other));
        Assert.NotEqual(one.ProcessIdOf("tool"), other.ProcessIdOf("tool"));
        await one.Running.StopAsync(Deadline.Token);

        Assert.Equal(KnownResourceStates.Running, other.TextOf("tool"));
        Assert.True(Directory.Exists($"/proc/{other.ProcessIdOf("tool")}"));
    }

    [Fact(Timeout = 2 * Deadline.Milliseconds)]
    public async Task Twenty_thousand_lines_a_second_hold_nobody_up_and_make_nothing_grow()
    {
        await using var application = new Application();
        // 200 lines every 10 ms, for ten seconds.
        application.AddShell("busy", """
            exec perl -e '$| = 1; my $n = 0; for (1..1000) { my $s = ""; $s .= "line " . ++$n . " with as many words as a log has\n" for 1..200; print $s; select(undef, undef, undef, 0.01) } print "done $n\n"; sleep 1000'
            """);
        application.AddShell("other", "exec sleep 1000");
        await application.StartAsync();
        var logs = application.Running.Services.GetRequiredService<ResourceLoggerService>();
        var done = application.WaitForLineAsync("busy", "done 200000");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var slowest = TimeSpan.Zero;
        while (!done.IsCompleted)
        {
            var began = TimeProvider.System.GetTimestamp();
            var result = await application.Running.ResourceCommands.ExecuteCommandAsync("other", KnownResourceCommands.RestartCommand, Deadline.Token);
            Assert.True(result.Success, result.ErrorMessage);
            slowest = new[] { slowest, TimeProvider.System.GetElapsedTime(began) }.Max();
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        await done;
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(most, long.MinValue, 30_000_000);
        await foreach (var kept in logs.GetAllAsync("busy"))
        {
            Assert.Equal((10_000, 200_001), (kept.Count, kept[^1].LineNumber));
        }
    }

    private static Application Described()
    {
        var application = new Application();
        application.AddShell("tool", "exec sleep 1000").WithHttpEndpoint();
        return application;
    }

    private static string FolderOf(Application application) => application.Running.Services.GetRequiredService<RunFolder>().Path;

    private static async Task<(int Port, int ProcessId, string Folder)> RunAsync()
    {
        await using var application = Described();
        await application.StartAsync();
        return (new Uri(application.AddressOf("tool", "http")).Port, application.ProcessIdOf("tool"), FolderOf(application));
    }
}

using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Supervision;

public sealed class StopTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Ends_the_children_of_a_process_with_it()
    {
        await using var application = new Application();
        application.AddShell("tool", "sleep 1000 & echo child=$!; wait");
        await application.StartAsync();
        var line = await application.WaitForLineAsync("tool", "child=");
        var child = Process.GetProcessById(int.Parse(line["child=".Length..], CultureInfo.InvariantCulture));

        await application.Running.StopAsync(Deadline.Token);

        await child.WaitForExitAsync(Deadline.Token);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Ends_what_does_not_want_to_end_when_its_time_is_up()
    {
        await using var application = new Application("--Hosting:StopTimeout=0.3");
        application.AddShell("tool", "trap '' TERM; echo deaf; while true; do sleep 0.1; done");
        await application.StartAsync();
        await application.WaitForLineAsync("tool", "deaf");
        var process = Process.GetProcessById(application.ProcessIdOf("tool"));

        await application.Running.StopAsync(Deadline.Token);

        await process.WaitForExitAsync(Deadline.Token);
        Assert.Equal(137, application.StateOf("tool").Snapshot.ExitCode);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Ends_those_first_that_wait_for_others()
    {
        await using var application = new Application();
        var stopped = new List<string>();
        var first = application.AddShell("first", "exec sleep 1000").OnResourceStopped(Note);
        application.AddShell("second", "exec sleep 1000").WaitFor(first).OnResourceStopped(Note);
        await application.StartAsync();

        await application.Running.StopAsync(Deadline.Token);

        Assert.Equal(["second", "first"], stopped);

        Task Note(ExecutableResource resource, ResourceStoppedEvent stop, CancellationToken cancellationToken)
        {
            stopped.Add(resource.Name);
            return Task.CompletedTask;
        }
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Stops_in_the_middle_of_the_start()
    {
        await using var application = new Application();
        var first = application.AddShell("first", "exec sleep 1000").WithHealthCheck("never registered");
        application.AddShell("second", "exec sleep 1000").WaitFor(first);
        using var cancel = new CancellationTokenSource();
        var app = await application.Builder.BuildAsync(Deadline.Token);
        var starting = app.StartAsync(cancel.Token);
        await foreach (var change in app.ResourceNotifications.WatchAsync(Deadline.Token))
        {
            if (change.Snapshot.State?.Text == KnownResourceStates.Running)
            {
                break;
            }
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        await app.DisposeAsync();
    }
}

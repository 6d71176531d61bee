using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>What a resource may wait for, and what becomes of the wait when the other one does not come so far.</summary>
public sealed class WaitTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_wait_for_the_start_asks_for_no_health()
    {
        await using var application = new Application();
        var first = application.AddShell("first", "exec sleep 1000").WithHealthCheck("never registered");
        application.AddShell("second", "exec sleep 1000").WaitForStart(first);

        var starting = application.StartingAsync();

        await application.WaitForStateAsync("second", KnownResourceStates.Running);
        Assert.False(starting.IsCompleted);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_wait_for_completion_asks_for_the_exit_code()
    {
        await using var application = new Application();
        var task = application.AddShell("task", "exit 3");
        application.AddShell("after", "exec sleep 1000").WaitForCompletion(task, exitCode: 3);

        await application.StartAsync();

        Assert.Equal((KnownResourceStates.Exited, 3), (application.TextOf("task"), application.StateOf("task").Snapshot.ExitCode));
        Assert.Equal(KnownResourceStates.Running, application.TextOf("after"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Another_exit_code_ends_the_start_and_says_which()
    {
        await using var application = new Application();
        var task = application.AddShell("task", "echo halfway; sleep 0.5; exit 4");
        application.AddShell("after", "exec sleep 1000").WaitForCompletion(task);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(application.StartingAsync);

        Assert.Equal("'after' does not start, because 'task' was to end with exit code 0 and ended as Exited, exit code 4.", failure.Message);
        Assert.Equal(KnownResourceStates.FailedToStart, application.TextOf("after"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_wait_ends_when_the_other_one_cannot_start()
    {
        await using var application = new Application();
        var first = application.Builder.AddExecutable("first", "no-such-program", "/").WithExplicitStart();
        application.AddShell("second", "exec sleep 1000").WaitForStart(first, WaitBehavior.StopOnResourceUnavailable);
        application.AddShell("third", "exec sleep 1000").WaitFor(first, WaitBehavior.StopOnResourceUnavailable);
        application.AddShell("patient", "exec sleep 1000").WaitFor(first, WaitBehavior.WaitOnResourceUnavailable);
        await application.StartAsync();

        await application.Running.ResourceCommands.ExecuteCommandAsync("first", KnownResourceCommands.StartCommand, Deadline.Token);

        await application.WaitForStateAsync("second", KnownResourceStates.FailedToStart);
        await application.WaitForStateAsync("third", KnownResourceStates.FailedToStart);
        await application.WaitForStateAsync("patient", KnownResourceStates.Waiting);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Who_starts_what_waits_need_not_wait()
    {
        await using var application = new Application();
        var manual = application.AddShell("manual", "exec sleep 1000").WithExplicitStart();
        application.AddShell("dependent", "exec sleep 1000").WaitFor(manual);
        await application.StartAsync();
        await application.WaitForStateAsync("dependent", KnownResourceStates.Waiting);

        await application.Running.ResourceCommands.ExecuteCommandAsync("dependent", KnownResourceCommands.StartCommand, Deadline.Token);

        await application.WaitForStateAsync("dependent", KnownResourceStates.Running);
        Assert.Equal(KnownResourceStates.NotStarted, application.TextOf("manual"));
    }

    [Fact]
    public async Task Nobody_waits_for_himself()
    {
        await using var application = new Application();
        var tool = application.AddShell("tool", "exec sleep 1000");

        var refused = Assert.Throws<DistributedApplicationException>(() => tool.WaitForCompletion(tool));

        Assert.Equal("'tool' cannot wait for itself.", refused.Message);
    }
}

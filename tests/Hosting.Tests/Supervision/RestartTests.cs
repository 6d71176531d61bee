using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;

namespace Platform.Hosting.Tests.Supervision;

public sealed class RestartTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Starts_again_what_crashed_after_it_had_started()
    {
        await using var application = new Application();
        application.AddShell("tool", """
            echo run >> runs
            if [ $(wc -l < runs) -ge 3 ]; then echo third time; exec sleep 1000; fi
            sleep 0.6; exit 7
            """);

        await application.StartAsync();
        var exit = await application.States.WaitForResourceAsync("tool", change => change.Snapshot.ExitCode == 7, Deadline.Token);
        await application.WaitForLineAsync("tool", "third time");
        await application.States.WaitForResourceHealthyAsync("tool", Deadline.Token);

        Assert.Equal(KnownResourceStates.Exited, exit.Snapshot.State?.Text);
        Assert.Equal(KnownResourceStates.Running, application.TextOf("tool"));
        Assert.Null(application.StateOf("tool").Snapshot.ExitCode);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Starts_again_what_was_killed()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000");
        await application.StartAsync();
        var before = application.ProcessIdOf("tool");

        Process.GetProcessById(before).Kill();
        await application.States.WaitForResourceAsync("tool", change => change.Snapshot.ExitCode == 137, Deadline.Token);
        await application.States.WaitForResourceHealthyAsync("tool", Deadline.Token);

        Assert.NotEqual(before, application.ProcessIdOf("tool"));
    }

    [Fact]
    public void Waits_twice_as_long_after_every_crash_up_to_a_limit_and_begins_anew_after_a_good_while()
    {
        var options = new EngineOptions { FirstRestartDelay = TimeSpan.FromSeconds(1), LongestRestartDelay = TimeSpan.FromSeconds(5) };
        var backoff = new Backoff(options);

        var delays = Enumerable.Range(0, 5).Select(_ => backoff.Next(TimeSpan.FromSeconds(1)).TotalSeconds).ToList();

        Assert.Equal([1, 2, 4, 5, 5], delays);
        Assert.Equal(1, backoff.Next(TimeSpan.FromMinutes(1)).TotalSeconds);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(5, 0.5)]
    [InlineData(20, 2)]
    [InlineData(600, 5)]
    public void Asks_for_the_health_of_what_is_not_well_less_and_less_often(double elapsed, double next) =>
        Assert.Equal(TimeSpan.FromSeconds(next), HealthMonitor.NextAfter(TimeSpan.FromSeconds(elapsed)));
}

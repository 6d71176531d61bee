using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>What a test is told that waits in vain, or for what is not there.</summary>
public sealed class WaitReportTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Who_gives_a_wait_up_is_told_what_each_resource_was_doing()
    {
        await using var application = new Application();
        application.Builder.Services.AddHealthChecks().AddCheck("pulse", () => HealthCheckResult.Unhealthy("no pulse"));
        application.AddShell("well", "echo unremarkable; exec sleep 1000");
        var ill = application.AddShell("ill", "echo one; echo two; echo three; echo four; echo five; echo six; exec sleep 1000")
            .WithHealthCheck("pulse");
        application.AddShell("late", "exec sleep 1000").WaitFor(ill);
        application.AddShell("task", "echo oops >&2; exit 1").WithExplicitStart();
        var starting = application.StartingAsync();
        await application.WaitForLineAsync("ill", "six");
        await application.States.WaitForResourceAsync(
            "ill", change => change.Snapshot.HealthReports.Any(report => report.Status == HealthStatus.Unhealthy), Deadline.Token);
        await application.States.WaitForResourceHealthyAsync("well", Deadline.Token);
        await application.Running.ResourceCommands.ExecuteCommandAsync("task", KnownResourceCommands.StartCommand, Deadline.Token);
        using var patience = new CancellationTokenSource();
        var waiting = application.States.WaitForResourceHealthyAsync("late", patience.Token);

        await patience.CancelAsync();

        var failure = await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        Assert.Equal($"""
            Gave up waiting for 'late'.
            Meanwhile the resources were:
              {IdOf("ill")}: Running, unhealthy
                  pulse: no pulse
                  | two
                  | three
                  | four
                  | five
                  | six
              {IdOf("late")}: Waiting for ill
              {IdOf("task")}: FailedToStart, exit code 1
                  | oops
                  | 'task' did not start: it ended with exit code 1 after
              {IdOf("well")}: Running, healthy
            """, failure.Message.Split('\n').Select(WithoutTime).Aggregate((text, line) => $"{text}\n{line}"));

        string IdOf(string name) => application.StateOf(name).ResourceId;

        static string WithoutTime(string line) => line.IndexOf(" after ", StringComparison.Ordinal) is var end and > 0 ? line[..(end + 6)] : line;
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Who_gives_the_start_up_is_told_the_same()
    {
        await using var application = new Application();
        application.AddShell("ill", "echo coughing; exec sleep 1000").WithHealthCheck("never registered");
        using var patience = new CancellationTokenSource();
        var app = await application.Builder.BuildAsync(Deadline.Token);
        var starting = app.StartAsync(patience.Token);
        await application.WaitForStateAsync("ill", KnownResourceStates.Running);
        await application.WaitForLineAsync("ill", "coughing");

        await patience.CancelAsync();

        var failure = await Assert.ThrowsAsync<OperationCanceledException>(() => starting);
        Assert.StartsWith("The start was given up before everything was healthy.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("| coughing", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Who_names_what_is_not_there_is_told_at_once_what_is()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000").WithHttpEndpoint();
        application.AddShell("other", "exec sleep 1000");
        await application.StartAsync();
        const string Expected = "There is no resource 'tol'. There are: tool, other.";

        Assert.StartsWith(Expected, Refusal(() => application.States.WaitForResourceHealthyAsync("tol", Deadline.Token)), StringComparison.Ordinal);
        Assert.StartsWith(Expected, Refusal(() => application.States.WaitForResourceAsync("tol", cancellationToken: Deadline.Token)), StringComparison.Ordinal);
        Assert.StartsWith(
            Expected, Refusal(() => application.Running.ResourceCommands.ExecuteCommandAsync("tol", "stop", Deadline.Token)), StringComparison.Ordinal);
        Assert.StartsWith(Expected, Assert.Throws<ArgumentException>(() => application.Running.CreateHttpClient("tol")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Resource 'tool' has no endpoint 'grpc'. It has: http.",
            Assert.Throws<ArgumentException>(() => application.Running.CreateHttpClient("tool", "grpc")).Message, StringComparison.Ordinal);

        static string Refusal(Func<Task> refused) => Assert.ThrowsAsync<ArgumentException>(refused).GetAwaiter().GetResult().Message;
    }
}

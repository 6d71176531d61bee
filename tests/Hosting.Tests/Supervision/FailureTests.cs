using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Tests.Supervision;

public sealed class FailureTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Names_the_executable_that_is_missing()
    {
        await using var application = new Application();
        application.Builder.AddExecutable("tool", "no-such-program", ".");

        Assert.Equal(
            "'tool' cannot start: there is no executable 'no-such-program'. Install it, or put its folder on the PATH.",
            await FailureOf(application));
        Assert.Equal(KnownResourceStates.FailedToStart, application.TextOf("tool"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Names_the_working_directory_that_is_missing()
    {
        await using var application = new Application();
        application.Builder.AddExecutable("tool", "true", "/no/such/folder");

        Assert.Contains("working directory /no/such/folder does not exist", await FailureOf(application), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Shows_the_last_lines_of_what_ended_at_once()
    {
        await using var application = new Application();
        application.AddShell("tool", "echo first; echo why it failed >&2; exit 3");

        var failure = await FailureOf(application);

        Assert.StartsWith("'tool' did not start: it ended with exit code 3 after ", failure, StringComparison.Ordinal);
        Assert.Contains("\n    why it failed", failure, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Knows_the_cure_for_a_missing_librdkafka()
    {
        await using var application = new Application();
        application.AddShell("tool", "echo \"System.DllNotFoundException: Unable to load shared library 'librdkafka'\"; exit 134");

        Assert.Contains("apt-get install librdkafka1", await FailureOf(application), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Says_why_something_never_gets_healthy()
    {
        await using var application = new Application("--Hosting:HealthTimeout=0.3");
        application.Builder.Services.AddHealthChecks().AddCheck("ill", () => HealthCheckResult.Unhealthy("it has a cold"));
        application.AddShell("tool", "echo here; exec sleep 1000").WithHealthCheck("ill");

        var failure = await FailureOf(application);

        Assert.Matches("^'tool' is not healthy after [0-9.]+ s: it has a cold.", failure);
        Assert.Contains("Hosting:HealthTimeout", failure, StringComparison.Ordinal);
        Assert.Equal(KnownResourceStates.FailedToStart, application.TextOf("tool"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Says_which_health_check_nobody_registered()
    {
        await using var application = new Application("--Hosting:HealthTimeout=0.1");
        application.AddShell("tool", "exec sleep 1000").WithHealthCheck("unknown");

        Assert.Contains("No health check 'unknown' is registered", await FailureOf(application), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Names_the_culprit_rather_than_those_who_wait_for_it()
    {
        await using var application = new Application();
        var culprit = application.AddShell("culprit", "exit 1");
        var first = application.AddShell("first", "exec sleep 1000").WaitFor(culprit);
        application.AddShell("second", "exec sleep 1000").WaitFor(first);

        Assert.StartsWith("'culprit' did not start", await FailureOf(application), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Names_the_port_that_is_in_use_and_who_needs_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var application = new Application("--DcpPublisher:RandomizePorts=false");
        application.AddShell("tool", "exec sleep 1000").WithHttpEndpoint(port: port);

        var failure = await FailureOf(application);

        Assert.StartsWith(
            $"Port {port}, which resource 'tool' needs for its endpoint 'http', is in use by another process.", failure, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Refuses_resources_that_wait_for_each_other()
    {
        await using var application = new Application();
        var first = application.AddShell("first", "exec sleep 1000");
        var second = application.AddShell("second", "exec sleep 1000").WaitFor(first);
        first.WaitFor(second);

        Assert.Equal("Resources wait for each other: first → second → first. Remove one of these WaitFor calls.", await FailureOf(application));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Refuses_a_kind_of_resource_that_it_does_not_know()
    {
        await using var application = new Application();
        application.Builder.AddResource(new ContainerResource("db")).WithHttpEndpoint();

        Assert.Contains("cannot run 'db' (ContainerResource)", await FailureOf(application), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task What_a_callback_throws_is_the_reason()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000").WithEnvironment("X", () => throw new InvalidOperationException("no value today"));

        Assert.Equal("'tool' cannot start: no value today", await FailureOf(application));
    }

    private static async Task<string> FailureOf(Application application) =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(application.StartingAsync)).Message;
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Hosting.Tests.Supervision;

public sealed class StartTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Starts_a_resource_only_when_what_it_waits_for_is_healthy()
    {
        await using var application = new Application();
        var healthy = false;
        application.Builder.Services.AddHealthChecks().AddCheck("first", () => Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var first = application.AddShell("first", "exec sleep 1000").WithHealthCheck("first");
        application.AddShell("second", "exec sleep 1000").WaitFor(first);

        var app = await application.Builder.BuildAsync(Deadline.Token);
        var starting = application.StartingAsync();
        await foreach (var change in app.ResourceNotifications.WatchAsync(Deadline.Token))
        {
            if (change.Snapshot.HealthReports.Any(report => report.Status == HealthStatus.Unhealthy))
            {
                break;
            }
        }

        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.Waiting, Deadline.Token);

        Volatile.Write(ref healthy, true);
        await starting;
        Assert.Equal(KnownResourceStates.Running, application.TextOf("second"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Lets_dependents_wait_for_the_handlers_of_ready()
    {
        await using var application = new Application();
        var order = new List<string>();
        var first = application.AddShell("first", "exec sleep 1000").OnResourceReady(async (_, _, _) =>
        {
            await Task.Yield();
            order.Add("ready");
        });
        application.AddShell("second", "exec sleep 1000").WaitFor(first).OnBeforeResourceStarted((_, _, _) =>
        {
            order.Add("started");
            return Task.CompletedTask;
        });

        await application.StartAsync();

        Assert.Equal(["ready", "started"], order);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Waits_for_the_completion_of_a_task()
    {
        await using var application = new Application();
        var task = application.AddShell("task", "echo done > marker");
        application.AddShell("after", "cat marker; exec sleep 1000").WaitForCompletion(task);

        await application.StartAsync();

        Assert.Equal("done", await application.WaitForLineAsync("after", "done"));
        Assert.Equal((KnownResourceStates.Finished, 0), (application.TextOf("task"), application.StateOf("task").Snapshot.ExitCode));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Leaves_what_is_started_by_hand_until_told()
    {
        await using var application = new Application();
        var manual = application.AddShell("manual", "exec sleep 1000").WithExplicitStart();
        application.AddShell("dependent", "exec sleep 1000").WaitFor(manual);

        await application.StartAsync();
        await application.States.WaitForResourceAsync("dependent", KnownResourceStates.Waiting, Deadline.Token);
        Assert.Equal(KnownResourceStates.NotStarted, application.TextOf("manual"));

        await application.Running.ResourceCommands.ExecuteCommandAsync("manual", KnownResourceCommands.StartCommand, Deadline.Token);
        await application.States.WaitForResourceHealthyAsync("dependent", Deadline.Token);
        Assert.Equal(KnownResourceStates.Running, application.TextOf("manual"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Gives_a_process_its_ports_arguments_and_variables()
    {
        await using var application = new Application();
        var other = application.AddShell("other", "exec sleep 1000").WithHttpEndpoint(name: "api");
        application.AddShell("tool", "echo \"port=$PORT other=$OTHER_API url=$URL arg=$0\"; exec sleep 1000")
            .WithHttpEndpoint(env: "PORT")
            .WithArgs("argument")
            .WithReference(other.GetEndpoint("api"))
            .WithEnvironment("URL", $"{other.GetEndpoint("api").Property(EndpointProperty.HostAndPort)}/x");

        await application.StartAsync();

        var line = await application.WaitForLineAsync("tool", "port=");
        var address = other.GetEndpoint("api");
        Assert.Matches($"^port=[0-9]+ other={address.Url} url=localhost:{address.Port}/x arg=argument$", line);
    }

    [Theory(Timeout = Deadline.Milliseconds)]
    [InlineData(null, "3E8")]
    [InlineData("64", "64")]
    public async Task Lets_a_process_optimise_later_unless_the_model_says_when(string? own, string delay)
    {
        await using var application = new Application();
        var tool = application.AddShell("tool", "echo delay=$DOTNET_TC_CallCountingDelayMs; exec sleep 1000");
        if (own is not null)
        {
            tool.WithEnvironment("DOTNET_TC_CallCountingDelayMs", own);
        }

        await application.StartAsync();

        Assert.Equal($"delay={delay}", await application.WaitForLineAsync("tool", "delay="));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Gives_references_their_names_as_they_are_hyphens_included()
    {
        await using var application = new Application();
        application.Builder.AddExecutable("tool", "env", ".").WithReference("my-service", new Uri("http://elsewhere:80/"));

        await application.StartAsync();

        Assert.Equal("services__my-service__default__0=http://elsewhere/", await application.WaitForLineAsync("tool", "services__"));
    }
}

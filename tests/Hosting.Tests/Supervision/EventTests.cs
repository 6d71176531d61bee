using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>The events of a resource's life, in Aspire's order.</summary>
public sealed class EventTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Come_in_Aspires_order_each_in_its_state()
    {
        await using var application = new Application("--Hosting:Redis=redis-server");
        var seen = new ConcurrentQueue<string>();
        var first = application.AddShell("first", "exec sleep 1000");
        var cache = application.Builder.AddRedis("cache").WaitFor(first)
            .OnResourceEndpointsAllocated((redis, _, _) => Note("allocated", redis))
            .OnConnectionStringAvailable((redis, _, _) => Note("connection string", redis))
            .OnBeforeResourceStarted((redis, _, _) => Note("before start", redis))
            .OnResourceReady((redis, _, _) => Note("ready", redis))
            .OnResourceStopped((redis, _, _) => Note("stopped", redis));

        await application.StartAsync();
        var connectionString = application.StateOf("cache").Snapshot.Properties
            .Single(property => property.Name == CustomResourceKnownProperties.ConnectionString);
        Assert.Equal((await cache.Resource.GetConnectionStringAsync(Deadline.Token), true), (connectionString.Value, connectionString.IsSensitive));
        await application.Running.StopAsync(Deadline.Token);

        Assert.Equal(
            ["allocated NotStarted", "connection string Starting", "before start Waiting", "ready Running", "stopped Exited"],
            seen.Select(note => note.Replace("Finished", "Exited", StringComparison.Ordinal)));

        Task Note(string what, RedisResource resource)
        {
            Assert.Equal("cache", resource.Name);
            Assert.True(resource.PrimaryEndpoint.IsAllocated);
            seen.Enqueue($"{what} {application.TextOf("cache")}");
            return Task.CompletedTask;
        }
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task The_first_of_them_holds_nothing_up_and_its_failure_is_told()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000")
            .OnInitializeResource((_, @event, cancellationToken) =>
            {
                Assert.NotNull(@event.Notifications);
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            });
        application.AddShell("other", "exec sleep 1000").OnInitializeResource((_, _, _) => throw new InvalidOperationException("no mood"));

        await application.StartAsync();

        Assert.Contains("InitializeResourceEvent", await application.WaitForLineAsync("other", "no mood"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Before_the_start_comes_once_for_a_resource_and_the_end_once_for_an_instance()
    {
        await using var application = new Application();
        var seen = new ConcurrentQueue<string>();
        application.AddShell("tool", "exec sleep 1000").WithAnnotation(new ReplicaAnnotation(2))
            .OnBeforeResourceStarted((_, _, _) => Note("before start"))
            .OnResourceStopped((_, _, _) => Note("stopped"));

        await application.StartAsync();
        await application.Running.StopAsync(Deadline.Token);

        Assert.Equal(["before start", "stopped", "stopped"], seen);

        Task Note(string what)
        {
            seen.Enqueue(what);
            return Task.CompletedTask;
        }
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_handler_that_fails_before_the_start_keeps_the_resource_from_starting()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000").OnBeforeResourceStarted((_, _, _) => throw new InvalidOperationException("not ready"));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(application.StartingAsync);

        Assert.Contains("not ready", failure.Message, StringComparison.Ordinal);
        Assert.Equal(KnownResourceStates.FailedToStart, application.TextOf("tool"));
    }
}

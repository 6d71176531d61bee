using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Signals;
using Platform.Bff.Tests.Fixture;
using Platform.Sessions;
using Platform.Testing;

namespace Platform.Bff.Tests.Signals;

/// <summary>Whether replicas of a portal hear that security events are applied.</summary>
internal sealed class HeardEvents(Portal portal, params BffReplica[] replicas)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Somebody says so, and all replicas have heard it.</summary>
    public Task ArriveAsync() => Eventually.BecomesTrueAsync(
        async () =>
        {
            portal.Clock.Advance(Beat);
            await new EventsApplied(portal.Redis.Connection).SayAsync(portal.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
            return !replicas.Any(IsSilent);
        },
        TestContext.Current.CancellationToken);

    /// <summary>Nobody says so, for at least this time, until all replicas have noticed.</summary>
    public Task StayAwayAsync(TimeSpan time)
    {
        portal.Clock.Advance(time);
        return Eventually.BecomesTrueAsync(
            () =>
            {
                portal.Clock.Advance(Beat);
                return replicas.All(IsSilent);
            },
            TestContext.Current.CancellationToken);
    }

    private static bool IsSilent(BffReplica replica) => replica.Services.GetRequiredService<EventSilence>().IsSilent;
}

using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Delivery;

/// <summary>
/// Takes events out of the outbox into the queues of those that want them, oldest first. Every process does it; an entry that
/// two look at is moved once.
/// </summary>
internal sealed partial class EventDistributor(
    Outbox outbox, IEnumerable<IEventDestinations> destinations, UnreadableEntries unreadable, TimeProvider clock,
    ILogger<EventDistributor> logger)
    : EventWorker(outbox.Signal, clock, logger)
{
    private readonly IReadOnlyList<IEventDestinations> _destinations = [.. destinations];

    protected override async Task<bool> TryWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await outbox.PeekAsync() is { } head)
            {
                await TakeOnAsync(head, cancellationToken);
            }

            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
            return false;
        }
    }

    private async Task TakeOnAsync(string raw, CancellationToken cancellationToken)
    {
        QueuedEvent head;
        try
        {
            head = QueuedEvent.Read(raw);
        }
        catch (JsonException fault)
        {
            await unreadable.SetAsideAsync(Outbox.Key, raw, fault.Message);
            return;
        }

        await DistributeAsync(head, cancellationToken);
    }

    private async Task DistributeAsync(QueuedEvent head, CancellationToken cancellationToken)
    {
        var gone = await outbox.CountGoneAsync();
        var found = new List<(IEventDestinations Owner, string Name)>();
        foreach (var owner in _destinations)
        {
            found.AddRange((await owner.FindAsync(head.Event, cancellationToken)).Select(name => (owner, name)));
        }

        if (!await outbox.MoveAsync(head.Raw, [.. found.Select(destination => destination.Name)], gone))
        {
            return;
        }

        IdpTelemetry.EventsRaised.Add(1, new KeyValuePair<string, object?>("type", head.Event.Type));
        foreach (var (owner, name) in found)
        {
            owner.Wake(name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Security events cannot be distributed and wait in the outbox: {Reason}")]
    private partial void LogWaiting(string reason);
}

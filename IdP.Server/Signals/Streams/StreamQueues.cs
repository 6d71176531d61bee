using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>The queues of the streams.</summary>
internal sealed class StreamQueues(IConnectionMultiplexer redis, UnreadableEntries unreadable)
{
    public StreamQueue Of(string streamId) => new(redis, unreadable, streamId);
}

using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Changes what becomes of a stream's events (SSF 1.0 section 8.1.2.1).</summary>
internal sealed class StreamStatuses(
    IConnectionMultiplexer redis, StreamStore streams, StreamRecords records, StreamNotices notices, StreamSignals signals, AuditLog audit)
{
    /// <summary>As the receiver wishes; null when the stream is gone.</summary>
    public async Task<EventStream?> SetAsync(string streamId, string status, string? reason)
    {
        if (await streams.ChangeAsync(streamId, stream => stream with { Status = status, Reason = reason }) is not { } changed)
        {
            return null;
        }

        // Disabled: nothing is held for later.
        if (status == StreamStatus.Disabled)
        {
            await new StreamQueue(redis, streamId).DropAsync();
        }

        await records.ForgetFailuresAsync(streamId);
        signals.Wake(streamId);
        audit.StreamChanged(changed.ClientId, streamId, status);
        return changed;
    }

    /// <summary>As the transmitter decides, of which it tells the receiver (SSF 1.0 section 8.1.5).</summary>
    public async Task<EventStream?> DecideAsync(string streamId, string status, string reason)
    {
        var changed = await SetAsync(streamId, status, reason);
        if (changed is not null)
        {
            await notices.TellStatusAsync(changed);
        }

        return changed;
    }
}

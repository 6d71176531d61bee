namespace Platform.IdP.Signals.Streams;

/// <summary>Changes what becomes of a stream's events (SSF 1.0 section 8.1.2.1).</summary>
internal sealed class StreamStatuses(
    StreamStore streams, StreamRecords records, StreamNotices notices, StreamSignals signals, AuditLog audit)
{
    /// <summary>As the receiver wishes, unless an administrator holds the stream; null when it is gone.</summary>
    public Task<EventStream?> SetAsync(string streamId, string status, string? reason) =>
        ChangeAsync(streamId, stream => stream.IsHeld ? null : stream with { Status = status, Reason = reason }, tell: null);

    /// <summary>
    /// As the transmitter decides of a stream that is enabled, of which it tells the receiver (SSF 1.0 section 8.1.5).
    /// </summary>
    public Task DecideAsync(string streamId, string status, string reason) => ChangeAsync(
        streamId,
        stream => stream.Status == StreamStatus.Enabled ? stream with { Status = status, Reason = reason } : null,
        notices.OfStatus);

    /// <summary>As an administrator orders, whatever receiver and transmitter wish until she enables it again.</summary>
    public async Task<EventStream?> OrderAsync(string streamId, string status, string reason)
    {
        if (status == StreamStatus.Enabled)
        {
            // How long the receiver was silent before says nothing any more; and it must not pause the stream meanwhile.
            await records.SeenAsync(streamId);
        }

        return await ChangeAsync(
            streamId, stream => stream with { Status = status, Reason = reason, IsHeld = status != StreamStatus.Enabled }, notices.OfStatus);
    }

    /// <param name="change">Null: it must stay as it is.</param>
    private async Task<EventStream?> ChangeAsync(
        string streamId, Func<EventStream, EventStream?> change, Func<EventStream, SecurityEvent>? tell)
    {
        EventStream? wanted = null;
        var stream = await streams.ChangeAsync(streamId, present => wanted = change(present), tell);
        if (stream is not null && wanted is not null)
        {
            await records.ForgetFailuresAsync(streamId);
            signals.Wake(streamId);
            audit.StreamChanged(stream.ClientId, streamId, stream.Status);
        }

        return stream;
    }
}

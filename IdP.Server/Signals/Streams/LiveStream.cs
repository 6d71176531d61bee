namespace Platform.IdP.Signals.Streams;

/// <summary>
/// The beginning of a script that writes what belongs to a stream: it is written only while there is the stream, or what a push, a
/// poll or a notice writes after the deletion would stay behind for ever. KEYS[1]: the streams. ARGV[1]: the id.
/// </summary>
internal static class LiveStream
{
    public const string OrNothing = "if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end\n";

    /// <summary>As above, where a stream that is disabled would drop it.</summary>
    public const string TakingEventsOrNothing = $"""
        local stream = redis.call('HGET', KEYS[1], ARGV[1])
        if not stream or cjson.decode(stream).{nameof(EventStream.Status)} == '{StreamStatus.Disabled}' then return 0 end

        """;
}

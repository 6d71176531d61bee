namespace Platform.IdP.Signals.Streams;

/// <summary>
/// The beginning of a script that writes what belongs to a stream: it is written only while there is the stream, or what a push, a
/// poll or a notice writes after the deletion would stay behind for ever. KEYS[1]: the streams. ARGV[1]: the id.
/// </summary>
internal static class LiveStream
{
    public const string OrNothing = "if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end\n";
}

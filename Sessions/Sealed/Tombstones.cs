using StackExchange.Redis;

namespace Platform.Sessions.Sealed;

/// <summary>What tells that a session is over of which Redis holds nothing else.</summary>
internal static class Tombstones
{
    /// <summary>The session itself, the sessions of its user, and that of the issuer where it has one.</summary>
    public static IReadOnlyList<string> NamesOf(string key, SessionRecord record) => record.SessionId is { } sid
        ? [key, SessionKeys.NotBefore(record.Issuer, record.Subject), SessionKeys.Revoked(record.Issuer, sid)]
        : [key, SessionKeys.NotBefore(record.Issuer, record.Subject)];

    /// <summary>Where they are in Redis, in the order of the names.</summary>
    public static RedisKey[] KeysOf(LiveSession session) =>
        [SessionKeys.Ended(session.Key), .. NamesOf(session.Key, session.Record).Skip(1).Select(name => (RedisKey)name)];

    /// <summary>Why the session is over; null when it is not.</summary>
    public static string? Refusal(ReadOnlySpan<RedisValue> found, SessionRecord record) =>
        !found[0].IsNull ? "the session was ended"
        : found.Length > 2 && !found[2].IsNull ? "the session at the issuer was revoked"
        : !found[1].IsNull && record.AuthenticatedAt.ToUnixTimeMilliseconds() <= (long)found[1]
            ? "the sessions of the user were revoked after this authentication"
            : null;
}

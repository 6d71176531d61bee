namespace Platform.Sessions;

/// <summary>A session that was found. No record: what it holds must not reach a log by being printed.</summary>
public sealed class LiveSession(string handle, SessionRecord record, SessionTokens tokens, long version, DateTimeOffset seenAt)
{
    /// <summary>The cookie's value.</summary>
    public string Handle => handle;

    /// <summary>Its name in Redis and in publications, which does not lead back to the handle.</summary>
    public string Key { get; } = SessionStore.KeyOf(handle);

    /// <summary>Whose it is.</summary>
    public SessionRecord Record => record;

    /// <summary>Its tokens, as of <see cref="Version"/>.</summary>
    public SessionTokens Tokens => tokens;

    /// <summary>How often the tokens have changed.</summary>
    public long Version => version;

    /// <summary>When it was last used, to within a twentieth of the idle lifetime.</summary>
    public DateTimeOffset SeenAt => seenAt;

    /// <summary>The same session, used now.</summary>
    internal LiveSession Seen(DateTimeOffset now) => new(handle, record, tokens, version, now);
}

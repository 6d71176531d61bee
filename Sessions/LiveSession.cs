namespace Platform.Sessions;

/// <summary>A session that was found. No record: what it holds must not reach a log by being printed.</summary>
/// <param name="handle">The cookie's value.</param>
/// <param name="record">Whose it is.</param>
/// <param name="tokens">Its tokens, as of <paramref name="version"/>.</param>
/// <param name="version">How often the tokens have changed.</param>
/// <param name="seenAt">When it was last used.</param>
/// <param name="id">What the handle is sealed around; without it, the handle itself is what names the session.</param>
public sealed class LiveSession(
    string handle, SessionRecord record, SessionTokens tokens, long version, DateTimeOffset seenAt, string? id = null)
{
    /// <summary>No handle is longer, so that it fits into a few cookies.</summary>
    public const int LongestHandle = 13_900;

    /// <summary>The cookie's value. Where it holds the session itself, a session that has changed has another one.</summary>
    public string Handle => handle;

    /// <summary>Its name in Redis and in publications, which does not lead back to the handle.</summary>
    public string Key { get; } = SessionStore.KeyOf(id ?? handle);

    /// <summary>Whose it is.</summary>
    public SessionRecord Record => record;

    /// <summary>Its tokens, as of <see cref="Version"/>; those that are kept elsewhere come with a reading.</summary>
    public SessionTokens Tokens => tokens;

    /// <summary>Whether there is a refresh token, here or where the session is read from.</summary>
    public bool CanRefresh { get; init; } = tokens.RefreshToken is not null;

    /// <summary>How often the tokens have changed.</summary>
    public long Version => version;

    /// <summary>When it was last used, to within a twentieth of the idle lifetime.</summary>
    public DateTimeOffset SeenAt => seenAt;

    /// <summary>The secret that the key is made from.</summary>
    internal string Id => id ?? handle;

    /// <summary>When the handle was sealed, where it is.</summary>
    internal DateTimeOffset SealedAt { get; init; }

    /// <summary>What publications of its end may call it.</summary>
    internal IReadOnlyList<string> Names { get => field ??= [Key]; init; }

    /// <summary>The same session, used now.</summary>
    internal LiveSession Seen(DateTimeOffset now) => new(handle, record, tokens, version, now, id) { CanRefresh = CanRefresh };
}

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

    /// <summary>What the issuer's events demand before the session may be used further.</summary>
    public SessionDemands Demands { get; internal init; }

    /// <summary>Whether its claims and tokens are older than what the issuer says now.</summary>
    public bool NeedsRefresh => Demands.Refresh > 0;

    /// <summary>Whether the user must prove anew who they are.</summary>
    public bool NeedsSignIn => record.AuthenticatedAt.ToUnixTimeMilliseconds() <= Demands.StepUp;

    /// <summary>When the issuer last vouched for the session: at the sign-in, or when it refreshed the tokens.</summary>
    public DateTimeOffset VouchedAt => tokens.RefreshedAt ?? record.CreatedAt;

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

    /// <summary>The last demanded refresh that was done, where the session itself has to say.</summary>
    internal long RefreshedFor { get; init; }

    /// <summary>The same session, used now.</summary>
    internal LiveSession Seen(DateTimeOffset now) =>
        new(handle, record, tokens, version, now, id) { CanRefresh = CanRefresh, Demands = Demands };

    /// <summary>The same session, of which this is demanded.</summary>
    internal LiveSession Demanding(SessionDemands demands) => demands == Demands ? this : new(handle, record, tokens, version, seenAt, id)
    {
        CanRefresh = CanRefresh,
        SealedAt = SealedAt,
        Names = Names,
        RefreshedFor = RefreshedFor,
        Demands = demands,
    };
}

namespace Platform.Sessions;

/// <summary>The sessions of all browsers, wherever they are kept. A handle is what the browser's cookie holds.</summary>
public interface ISessions
{
    /// <summary>The session of a handle, null when there is none (any more); from memory where that is certain.</summary>
    /// <param name="handle">The cookie's value.</param>
    /// <param name="isUse">Whether the person does something, which puts off the idle end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<LiveSession?> FindAsync(string handle, bool isUse, CancellationToken cancellationToken);

    /// <summary>The session as it is now, for whoever is going to change it.</summary>
    ValueTask<LiveSession?> ReadAsync(string handle, CancellationToken cancellationToken);

    /// <summary>Begins a session, unless a revocation overtook the sign-in.</summary>
    Task<SessionCreation> CreateAsync(SessionRecord record, SessionTokens tokens, CancellationToken cancellationToken);

    /// <summary>Replaces the tokens, unless they were changed since <paramref name="session"/> was read.</summary>
    Task<TokensUpdate> UpdateAsync(LiveSession session, SessionTokens tokens, CancellationToken cancellationToken);

    /// <summary>
    /// The same with what the issuer says of the user now: the refresh that was demanded when <paramref name="session"/> was
    /// read is done.
    /// </summary>
    Task<TokensUpdate> RefreshAsync(
        LiveSession session, SessionTokens tokens, SessionRecord record, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the session of this <see cref="LiveSession.Key"/>; this process does not find it from now on. The answer says
    /// whether there was one.
    /// </summary>
    Task<bool> EndByKeyAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="ended"/> once the session is gone, wherever it was ended; dispose to stop waiting. Whoever wants
    /// to miss nothing registers first and reads the session afterwards.
    /// </summary>
    IDisposable OnEnded(LiveSession session, Action ended);

    /// <summary>
    /// Calls <paramref name="changed"/> each time that something may be demanded of the session; what it is, a reading tells.
    /// Dispose to stop.
    /// </summary>
    IDisposable OnChanged(LiveSession session, Action changed);
}

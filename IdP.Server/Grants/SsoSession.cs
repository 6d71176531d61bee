namespace Platform.IdP.Grants;

/// <summary>A person signed in at this provider, in one browser.</summary>
/// <param name="SessionId">The <c>sid</c> of tokens; unlike the cookie it is no secret.</param>
internal sealed record SsoSession(
    string SessionId, string Subject, DateTimeOffset AuthenticatedAt, DateTimeOffset ExpiresAt);

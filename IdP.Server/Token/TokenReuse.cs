namespace Platform.IdP.Token;

/// <summary>
/// What ends when a code or a refresh token is used twice: one of the two stole it (RFC 6749 section 4.1.2, RFC 9700 section
/// 4.14.2).
/// </summary>
internal sealed class TokenReuse(AuthorizationGrantStore grants, SessionRevoker revoker, ClientRegistry clients)
{
    /// <summary>
    /// The grant ends. Where the operator's own client was robbed, so does the session, and all are told: what it yielded may
    /// be in the wrong hands as well. Another's client has no say over the session.
    /// </summary>
    public Task EndAsync(AuthorizationGrant grant, string reason) =>
        grant.SessionId is { } sid && clients.Find(grant.ClientId) is { SkipsConsent: true }
            ? revoker.RevokeAsync(new SessionEnd(grant.Subject, sid, EventCause.System(reason)) { GrantId = grant.Id })
            : grants.RevokeAsync(grant.Id);
}

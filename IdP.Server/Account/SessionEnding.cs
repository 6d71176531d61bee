namespace Platform.IdP.Account;

/// <summary>Ends a person's sessions on her own behalf; clients hear of it as they do of an administrator's revocation.</summary>
internal sealed class SessionEnding(SsoSessionStore sessions, AuthorizationGrantStore grants, SessionRevoker revoker)
{
    public Task EndAsync(string subject, string sessionId) =>
        revoker.RevokeAsync(new SessionEnd(subject, sessionId, EventCause.User("Ended by the user.")));

    public async Task EndOthersAsync(SsoSession current)
    {
        foreach (var session in await sessions.ListAsync(current.Subject))
        {
            if (session.SessionId != current.SessionId)
            {
                await EndAsync(current.Subject, session.SessionId);
            }
        }
    }

    /// <summary>Ends also what clients hold in the person's absence: whoever knew the old password may have given it.</summary>
    public async Task EndOthersAndGrantsAsync(SsoSession current)
    {
        await EndOthersAsync(current);
        foreach (var grant in await grants.ListAsync(current.Subject))
        {
            if (grant.SessionId != current.SessionId)
            {
                await grants.RevokeAsync(grant.Id);
            }
        }
    }
}

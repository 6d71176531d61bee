namespace Platform.IdP.Consents;

/// <summary>Whether a person must be asked before a client gets what it asks for.</summary>
internal sealed class ConsentCheck(ConsentStore consents)
{
    public async Task<bool> IsNeededAsync(AuthorizationRequest request, Client client, SsoSession session)
    {
        if (request.Progress.Allowed == session.SessionId)
            return false;

        // OpenID Connect Core section 3.1.2.1: asked for on purpose, even by the operator's own client.
        if (request.Prompts.Contains("consent"))
            return true;
        if (client.SkipsConsent)
            return false;

        // OpenID Connect Core section 11 and RFC 9396 section 12: access in the person's absence and single transactions
        // are allowed each time anew.
        if (request.Scopes.Contains("offline_access") || request.AuthorizationDetails is not null)
            return true;

        return !(await consents.FindAsync(session.Subject, client.Id) is { } consent &&
            request.Scopes.All(consent.Scopes.Contains) &&
            RequestedClaims.Names(request.Claims).All(consent.Claims.Contains));
    }
}

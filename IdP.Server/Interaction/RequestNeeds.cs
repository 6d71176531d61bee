namespace Platform.IdP.Interaction;

/// <summary>Finds what a request needs next, in the order in which a person is asked for it.</summary>
internal sealed class RequestNeeds(
    ClientRegistry clients, UserDirectory users, CredentialStore credentials, ConsentCheck consent,
    AuthenticationClasses classes, SubjectIdentifiers subjects, TimeProvider clock)
{
    /// <summary>Null when nothing is missing.</summary>
    public async Task<RequestNeed?> FindAsync(
        AuthorizationRequest request, SsoSession? session, CancellationToken cancellationToken)
    {
        // OpenID Connect Core section 5.5.1.1: an essential class that nobody can reach here.
        if (!classes.CanReach(request))
            return RequestNeed.Stronger;

        if (session is null || users.FindBySubject(session.Subject) is null)
            return RequestNeed.SignIn;
        var progress = request.Progress;
        var isFresh = progress.SignedIn == session.SessionId;

        // OpenID Connect Core section 3.1.2.2: no other person than the one of the id_token_hint or the claim sub.
        var client = clients.Find(request.ClientId);
        if (request.HintedSubject is { } hinted && !(client is not null && subjects.Matches(client, session.Subject, hinted)))
            return isFresh ? RequestNeed.OtherPerson : RequestNeed.SignIn;

        // Section 3.1.2.1: prompt and max_age
        if (request.Prompts.Contains("login") && !isFresh)
            return RequestNeed.SignIn;
        if (request.MaxAge is { } maxAge && !isFresh && clock.GetUtcNow() - session.AuthenticatedAt > TimeSpan.FromSeconds(maxAge))
            return RequestNeed.SignIn;
        if (request.Prompts.Contains("select_account") && !isFresh && progress.Chosen != session.SessionId)
            return RequestNeed.Account;

        // A class that is voluntary is worth a question, but no error.
        var isEssential = !classes.IsReached(request, session);
        if (isEssential || (classes.WouldStepUp(request, session) && !request.Prompts.Contains("none")))
        {
            if ((await credentials.FindAsync(session.Subject, cancellationToken)).HasSecondFactor)
                return RequestNeed.SecondFactor;
            if (isEssential)
                return RequestNeed.Stronger;
        }

        // Section 3.1.2.4
        return client is not null && await consent.IsNeededAsync(request, client, session)
            ? RequestNeed.Consent
            : null;
    }
}

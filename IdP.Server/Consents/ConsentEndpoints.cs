namespace Platform.IdP.Consents;

/// <summary>Where a person allows or denies what a client asks for.</summary>
internal static class ConsentEndpoints
{
    public const string Path = "/consent";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Decide).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, string? request, InteractionRequests interactions, SsoCookie cookie, ConsentCheck check,
        ConsentViews views, ClientRegistry clients, AuthorizationFlow flow)
    {
        if (await interactions.FindAsync(http, request) is not { Request: { } waiting } interaction ||
            clients.Find(waiting.ClientId) is not { } client)
        {
            return Pages.Outdated();
        }

        // Whoever comes here by the back button or by another tab may be somewhere else by now.
        using var activity = interaction.Continue("consent page");
        if (await cookie.FindAsync(http.Request) is not { } session ||
            !await check.IsNeededAsync(waiting, client, session))
        {
            return await flow.ContinueAsync(http, waiting, interaction.Id);
        }

        return Pages.Consent(await views.MakeAsync(interaction.Id, waiting, client, session, interactions.NewFormToken(http)));
    }

    /// <summary>
    /// The form carries the decision and nothing else: what is allowed stands in the request, which is on the server.
    /// </summary>
    internal static async Task<IResult> Decide(
        HttpContext http, InteractionRequests interactions, SsoCookie cookie, ConsentStore consents,
        AuthorizationRequestStore requests, AuthorizationFlow flow, AuditLog audit, CancellationToken cancellationToken)
    {
        var form = await RequestParameters.ReadFormAsync(http.Request, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { Request: { } request } interaction ||
            !await interactions.IsOwnFormAsync(http))
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("consent");

        // Somebody else has signed in since the page was shown: she is asked, or signs in, herself.
        var session = await cookie.FindAsync(http.Request);
        if (session is null || session.SessionId != form!["session"])
        {
            return await flow.ContinueAsync(http, request, interaction.Id);
        }

        switch (form["decision"])
        {
            case "allow":
                break;
            case "deny":
                audit.ConsentDenied(session.Subject, request.ClientId);

                // RFC 6749 section 4.1.2.1
                return await flow.RefuseAsync(request, interaction.Id, "access_denied", "The user denied the access.");
            default:
                return Pages.Error("invalid_request", ConsentTexts.Undecided);
        }

        var allowed = request with { Progress = request.Progress with { Allowed = session.SessionId } };
        if (!await requests.UpdateAsync(interaction.Id, allowed))
        {
            return Pages.Outdated();
        }

        await consents.AddAsync(
            session.Subject, request.ClientId, request.Scopes, RequestedClaims.Names(request.Claims));
        audit.ConsentGranted(session.Subject, request.ClientId, request.Scopes);
        return await flow.ContinueAsync(http, allowed, interaction.Id);
    }
}

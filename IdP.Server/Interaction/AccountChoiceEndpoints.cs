namespace Platform.IdP.Interaction;

/// <summary>prompt=select_account (OpenID Connect Core section 3.1.2.1): go on as the person who is signed in, or as another.</summary>
internal static class AccountChoiceEndpoints
{
    public const string Path = "/select-account";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(Path, Choose).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(
        HttpContext http, string? request, InteractionRequests interactions, SsoCookie cookie, UserDirectory users,
        AuthorizationFlow flow)
    {
        if (await interactions.FindAsync(http, request) is not { Request: { } waiting } interaction)
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("account page");
        return await cookie.FindAsync(http.Request) is { } session && users.FindBySubject(session.Subject) is { } user
            ? Pages.AccountChoice(new AccountChoiceView(interaction.Id, session.SessionId, interaction.Name,
                user.Name, user.UserName, interactions.NewFormToken(http)))
            : await flow.ContinueAsync(http, waiting, interaction.Id);
    }

    internal static async Task<IResult> Choose(
        HttpContext http, InteractionRequests interactions, SsoCookie cookie, AuthorizationRequestStore requests,
        AuthorizationFlow flow, CancellationToken cancellationToken)
    {
        var form = await RequestParameters.ReadFormAsync(http.Request, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { Request: { } request } interaction ||
            !await interactions.IsOwnFormAsync(http))
        {
            return Pages.Outdated();
        }

        // Another tab may have changed who is signed in since the page was shown.
        using var activity = interaction.Continue("account chosen");
        if (await cookie.FindAsync(http.Request) is { } session && session.SessionId == form!["session"])
        {
            request = request with { Progress = request.Progress with { Chosen = session.SessionId } };
            if (!await requests.UpdateAsync(interaction.Id, request))
            {
                return Pages.Outdated();
            }
        }

        return await flow.ContinueAsync(http, request, interaction.Id);
    }
}

/// <summary>What the page shows; public, because generated components are.</summary>
public sealed record AccountChoiceView(
    string Request, string Session, string ClientName, string PersonName, string UserName, string FormToken);

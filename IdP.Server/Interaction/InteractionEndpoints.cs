
namespace Platform.IdP.Interaction;

internal static class InteractionEndpoints
{
    public const string LoginPath = "/login";
    public const string CancelPath = "/login/cancel";

    private const string Outdated = "This sign-in has expired or was completed already. Start again.";

    public static void MapInteraction(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(LoginPath, Show).WithMetadata(new AnswersPages());
        routes.MapPost(LoginPath, SignIn).WithMetadata(new AnswersPages());
        routes.MapPost(CancelPath, Cancel).WithMetadata(new AnswersPages());
        routes.MapLocalSignIn();
    }

    internal static async Task<IResult> Show(HttpContext http, string? request, InteractionRequests interactions)
    {
        if (await interactions.FindAsync(http, request) is not { } interaction)
        {
            return Pages.Error("invalid_request", Outdated);
        }

        using (interaction.Continue("login page"))
        {
            return Pages.Login(interaction.View with { UserName = interaction.Request.LoginHint });
        }
    }

    internal static async Task<IResult> SignIn(
        HttpContext http, InteractionRequests interactions, SignIn signIn, AuthorizationFlow flow,
        AuthorizationRequestStore requests, SsoCookie cookie, CancellationToken cancellationToken)
    {
        var form = await ReadFormAsync(http, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { } interaction)
        {
            return Pages.Error("invalid_request", Outdated);
        }

        using var activity = interaction.Continue("login");
        var view = interaction.View with { UserName = form!["username"] };
        if (!await interactions.IsOwnFormAsync(http))
        {
            return Pages.Login(view with { Message = "The form was outdated. Please try again." }, 400);
        }

        switch (await signIn.TryAsync(form["username"], form["password"], http.Connection.RemoteIpAddress, cancellationToken))
        {
            case SignInCheck.Refused refused:
                return Pages.Login(view with { Message = refused.Message }, refused.Status);

            // Whoever is first completes the request: a second click finds nothing to complete.
            case SignInCheck.Valid when !await requests.CompleteAsync(interaction.Id):
                return Pages.Error("invalid_request", Outdated);
            case SignInCheck.Valid valid:
                return await flow.CompleteAsync(interaction.Request, await cookie.StartAsync(http, valid.User.Subject));
            default:
                throw new InvalidOperationException();
        }
    }

    internal static async Task<IResult> Cancel(
        HttpContext http, InteractionRequests interactions, AuthorizationRequestStore requests, PushedRequestStore pushed,
        AuthorizationResponse response, CancellationToken cancellationToken)
    {
        var form = await ReadFormAsync(http, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { } interaction ||
            !await interactions.IsOwnFormAsync(http) ||
            !await requests.CompleteAsync(interaction.Id))
        {
            return Pages.Error("invalid_request", Outdated);
        }

        using var activity = interaction.Continue("login cancelled");
        var request = interaction.Request;
        if (request.PushedRequest is { } pushedRequest)
        {
            await pushed.UseAsync(pushedRequest);
        }

        // RFC 6749 section 4.1.2.1
        return response.Error(request, "access_denied", "The user cancelled the sign-in.");
    }

    private static async Task<RequestParameters?> ReadFormAsync(HttpContext http, CancellationToken cancellationToken) =>
        (await RequestParameters.FromFormAsync(http.Request, cancellationToken) as ParametersCheck.Valid)?.Parameters;
}

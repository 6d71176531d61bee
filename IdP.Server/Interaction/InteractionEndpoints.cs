namespace Platform.IdP.Interaction;

/// <summary>The login page.</summary>
internal static class InteractionEndpoints
{
    public const string LoginPath = "/login";
    public const string CancelPath = "/login/cancel";

    public static void MapInteraction(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(LoginPath, Show).WithMetadata(new AnswersPages());
        routes.MapPost(LoginPath, SignIn).WithMetadata(new AnswersPages());
        routes.MapPost(CancelPath, Cancel).WithMetadata(new AnswersPages());
        AccountChoiceEndpoints.Map(routes);
        SecondFactorEndpoints.Map(routes);
    }

    internal static async Task<IResult> Show(HttpContext http, string? request, InteractionRequests interactions)
    {
        if (await interactions.FindAsync(http, request) is not { } interaction)
        {
            return Pages.Outdated();
        }

        using var activity = interaction.Continue("login page");
        return Pages.Login(View(http, interactions, interaction) with
        {
            UserName = interaction.Request?.LoginHint,
        });
    }

    internal static async Task<IResult> SignIn(
        HttpContext http, InteractionRequests interactions, SignIn signIn, SignInCompletion completion,
        CancellationToken cancellationToken)
    {
        var form = await RequestParameters.ReadFormAsync(http.Request, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { } interaction)
        {
            return Pages.Outdated();
        }

        // Before a new token is made for the page: that one would count as this form's.
        using var activity = interaction.Continue("login");
        var isOwnForm = await interactions.IsOwnFormAsync(http);
        var view = View(http, interactions, interaction) with { UserName = form!["username"] };
        if (!isOwnForm)
        {
            return Pages.Login(view with { Message = InteractionTexts.OutdatedForm }, 400);
        }

        return await signIn.TryAsync(
            form["username"], form["password"], http.Connection.RemoteIpAddress, cancellationToken) switch
        {
            SignInCheck.Refused refused => Pages.Login(view with { Message = refused.Message }, refused.Status),
            SignInCheck.Valid valid => await completion.PasswordProvedAsync(
                http, interaction, valid.User.Subject, cancellationToken),
            _ => throw new InvalidOperationException(),
        };
    }

    internal static async Task<IResult> Cancel(
        HttpContext http, InteractionRequests interactions, AuthorizationFlow flow, CancellationToken cancellationToken)
    {
        var form = await RequestParameters.ReadFormAsync(http.Request, cancellationToken);
        if (await interactions.FindAsync(http, form?["request"]) is not { Request: { } request } interaction ||
            !await interactions.IsOwnFormAsync(http))
        {
            return Pages.Outdated();
        }

        // RFC 6749 section 4.1.2.1
        using var activity = interaction.Continue("login cancelled");
        return await flow.RefuseAsync(request, interaction.Id, "access_denied", "The user cancelled the sign-in.");
    }

    private static LoginView View(HttpContext http, InteractionRequests interactions, Interaction interaction) =>
        new(interaction.Id, interaction.Name, interactions.NewFormToken(http))
        {
            IsLocal = interaction.Local is not null,
            About = interaction.About,
        };
}

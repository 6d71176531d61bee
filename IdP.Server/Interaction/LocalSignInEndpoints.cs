using Microsoft.AspNetCore.Antiforgery;

namespace Platform.IdP.Interaction;

/// <summary>The login page for this server's own pages.</summary>
internal static class LocalSignInEndpoints
{
    private const string Outdated = "This sign-in has expired or was completed already. Start again.";

    public static void MapLocalSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(LocalSignIn.Path, Show).WithMetadata(new AnswersPages());
        routes.MapPost(LocalSignIn.Path, Complete).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Show(HttpContext http, string? request, LocalSignIn signIns, IAntiforgery antiforgery) =>
        await signIns.FindAsync(request) is { } waiting
            ? Pages.Login(View(http, request!, waiting, antiforgery))
            : Pages.Error("invalid_request", Outdated);

    internal static async Task<IResult> Complete(
        HttpContext http, LocalSignIn signIns, SignIn signIn, SsoCookie cookie, IAntiforgery antiforgery,
        CancellationToken cancellationToken)
    {
        var form = (await RequestParameters.FromFormAsync(http.Request, cancellationToken) as ParametersCheck.Valid)?.Parameters;
        if (form?["request"] is not { } id || await signIns.FindAsync(id) is not { } waiting)
            return Pages.Error("invalid_request", Outdated);

        var view = View(http, id, waiting, antiforgery) with { UserName = form["username"] };
        if (!await antiforgery.IsRequestValidAsync(http))
            return Pages.Login(view with { Message = "The form was outdated. Please try again." }, StatusCodes.Status400BadRequest);

        switch (await signIn.TryAsync(form["username"], form["password"], http.Connection.RemoteIpAddress, cancellationToken))
        {
            case SignInCheck.Refused refused:
                return Pages.Login(view with { Message = refused.Message }, refused.Status);
            case SignInCheck.Valid when !await signIns.CompleteAsync(id):
                return Pages.Error("invalid_request", Outdated);
            case SignInCheck.Valid valid:
                await cookie.StartAsync(http, valid.User.Subject);
                return new SeeOther(waiting.ReturnPath);
            default:
                throw new InvalidOperationException();
        }
    }

    private static LoginView View(HttpContext http, string id, LocalSignInRequest waiting, IAntiforgery antiforgery) =>
        new(id, waiting.Purpose, antiforgery.GetAndStoreTokens(http).RequestToken!) { Action = LocalSignIn.Path };
}

namespace Platform.IdP.Logout;

/// <summary>OpenID Connect RP-Initiated Logout 1.0.</summary>
internal static class LogoutEndpoints
{
    public const string Path = "/end_session";
    public const string ConfirmPath = "/end_session/confirm";

    public static void MapLogout(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, LogoutFlow flow) =>
            flow.BeginAsync(http, RequestParameters.FromQuery(http.Request))).WithMetadata(new AnswersPages());
        routes.MapPost(Path, async (HttpContext http, LogoutFlow flow, CancellationToken cancellationToken) =>
            await flow.BeginByPostAsync(await RequestParameters.FromFormAsync(http.Request, cancellationToken)))
            .WithMetadata(new AnswersPages());
        routes.MapGet(ConfirmPath, (HttpContext http, string? request, LogoutFlow flow) =>
            flow.ResumeAsync(http, request)).WithMetadata(new AnswersPages());
        routes.MapPost(ConfirmPath, async (HttpContext http, LogoutFlow flow, CancellationToken cancellationToken) =>
            await flow.ConfirmAsync(http, await RequestParameters.FromFormAsync(http.Request, cancellationToken)))
            .WithMetadata(new AnswersPages());
    }
}

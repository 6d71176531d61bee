namespace Platform.IdP.Authorize;

internal static class AuthorizeEndpoints
{
    public const string Path = "/authorize";
    private const string ResumePath = "/authorize/resume";

    public static void MapAuthorize(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Begin).WithMetadata(new AnswersPages());
        routes.MapPost(Path, BeginByPost).WithMetadata(new AnswersPages());
        routes.MapGet(ResumePath, Resume).WithMetadata(new AnswersPages());
    }

    internal static async Task<IResult> Begin(
        HttpContext http, AuthorizeRequestReader reader, AuthorizationFlow flow, CancellationToken cancellationToken)
    {
        switch (await reader.ReadAsync(RequestParameters.FromQuery(http.Request), cancellationToken))
        {
            case AuthorizeReading.Accepted accepted:
                using (IdpTelemetry.Continue("authorize", accepted.Request.Trace))
                {
                    return await flow.ContinueAsync(http, accepted.Request);
                }

            case AuthorizeReading.Answered answered:
                return answered.Result;
            default:
                throw new InvalidOperationException();
        }
    }

    // The session cookie does not come with another site's POST, but with the GET that follows.
    internal static async Task<IResult> BeginByPost(
        HttpContext http, AuthorizeRequestReader reader, AuthorizationRequestStore requests,
        CancellationToken cancellationToken) =>
        await reader.ReadAsync(
            await RequestParameters.FromFormAsync(http.Request, cancellationToken), cancellationToken) switch
        {
            AuthorizeReading.Accepted accepted =>
                new SeeOther($"{ResumePath}?request={await requests.SaveAsync(accepted.Request)}"),
            AuthorizeReading.Answered answered => answered.Result,
            _ => throw new InvalidOperationException(),
        };

    internal static async Task<IResult> Resume(
        HttpContext http, string? request, AuthorizationRequestStore requests, AuthorizationFlow flow)
    {
        if (request is null || await requests.FindAsync(request) is not { } stored)
        {
            return Pages.Outdated();
        }

        using (IdpTelemetry.Continue("authorize", stored.Trace))
        {
            return await flow.ContinueAsync(http, stored, request);
        }
    }
}

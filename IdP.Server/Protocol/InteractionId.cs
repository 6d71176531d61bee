namespace Platform.IdP.Protocol;

/// <summary>
/// The header <c>x-fapi-interaction-id</c>, by which client and resource find a call in both their logs: the client's if it is
/// a UUID, else one made here.
/// </summary>
internal static class InteractionId
{
    private const string Header = "x-fapi-interaction-id";

    public static RouteHandlerBuilder WithInteractionId(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            http.Response.Headers[Header] =
                http.Request.Headers[Header] is [{ } sent] && Guid.TryParseExact(sent, "D", out _) ? sent : Guid.NewGuid().ToString();
            return next(context);
        });
}

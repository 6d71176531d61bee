namespace Platform.IdP.Token;

internal static class TokenSetup
{
    public const string Path = "/token";

    public static void AddTokenEndpoint(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<IGrant, AuthorizationCodeGrant>();
        builder.Services.AddSingleton<IGrant, ClientCredentialsGrant>();
        builder.Services.AddSingleton<TokenEndpoint>();
    }

    public static void MapTokenEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (HttpRequest request, TokenEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken));
}

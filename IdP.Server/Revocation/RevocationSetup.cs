namespace Platform.IdP.Revocation;

internal static class RevocationSetup
{
    public const string Path = "/revoke";

    public static void AddRevocation(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenRevocationEndpoint>();

        // RFC 8414 section 2
        builder.Services.AddSingleton(new MetadataPart((metadata, _) =>
        {
            metadata["revocation_endpoint"] = metadata["issuer"] + Path;
            metadata["revocation_endpoint_auth_methods_supported"] =
                metadata["token_endpoint_auth_methods_supported"]!.DeepClone();
        }));
    }

    public static void MapRevocation(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (HttpRequest request, TokenRevocationEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken)).AllowPublicClientOrigins();
}

namespace Platform.IdP.Discovery;

/// <summary>Metadata by OpenID Connect Discovery and by RFC 8414, and the public keys. Only what exists is advertised.</summary>
internal static class DiscoveryEndpoints
{
    public const string KeysPath = "/jwks";
    /// <summary>How long others may keep the metadata and the keys.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    public static void AddDiscovery(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<MetadataDocument>();

    public static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", ShowMetadata);
        routes.MapGet("/.well-known/oauth-authorization-server", ShowMetadata);
        routes.MapGet(KeysPath, ShowKeys);
    }

    internal static IResult ShowMetadata(HttpResponse response, MetadataDocument document)
    {
        response.AllowCaching(Kept);
        return TypedResults.Json(document.Build());
    }

    internal static IResult ShowKeys(HttpResponse response, SigningKeys keys)
    {
        // Another replica may have made a key, and answered with a token of it, a moment ago.
        keys.LookAgain();
        response.AllowCaching(Kept);
        return TypedResults.Text(keys.Published.ToJson(), "application/jwk-set+json");
    }
}

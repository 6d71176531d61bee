using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

namespace Platform.IdP.Token;

internal static class TokenSetup
{
    public const string Path = "/token";

    public static void AddTokenEndpoint(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RefreshTokenOptions>().BindConfiguration(RefreshTokenOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<RefreshTokenOptions>, RefreshTokenOptionsValidator>();
        builder.Services.AddSingleton(new StartPrerequisite(services =>
            _ = services.GetRequiredService<IOptions<RefreshTokenOptions>>().Value));
        builder.Services.AddSingleton<RefreshTokenStore>();
        builder.Services.AddSingleton<AccessTokenStore>();
        builder.Services.AddSingleton<IssuedAccessTokens>();
        builder.Services.AddSingleton<AccessTokenTargets>();
        builder.Services.AddSingleton<IdTokenIssuer>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<TokenReuse>();
        builder.Services.AddSingleton<IGrant, AuthorizationCodeGrant>();
        builder.Services.AddSingleton<IGrant, RefreshTokenGrant>();
        builder.Services.AddSingleton<IGrant, ClientCredentialsGrant>();
        builder.Services.AddSingleton<TokenEndpoint>();

        // OpenID Connect Discovery section 3
        builder.Services.AddSingleton(new MetadataPart((metadata, _) =>
            metadata["id_token_signing_alg_values_supported"] = MetadataPart.List(KeyAlgorithms.All)));
    }

    public static void MapTokenEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (HttpRequest request, TokenEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken)).ChecksProofsFirst().AllowPublicClientOrigins();
}

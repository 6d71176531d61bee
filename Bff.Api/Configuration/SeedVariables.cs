using Platform.ServiceDefaults.Configuration;

namespace Platform.Bff.Configuration;

/// <summary>The variables of an existing deployment that concern the BFF.</summary>
internal static class SeedVariables
{
    public static readonly IReadOnlyList<(string Variable, string Setting)> Names =
    [
        ("OIDC_ISSUER", "Oidc:Issuer"),
        ("AUTH_CLIENT_ID", "Oidc:ClientId"),
        ("AUTH_CLIENT_SECRET", "Oidc:ClientSecret"),
        ("OIDC_SCOPES", "Oidc:Scopes"),
        ("OIDC_AUTHORIZATION_URL", "Oidc:AuthorizationUrl"),
        ("OIDC_TOKEN_URL", "Oidc:TokenUrl"),
        ("MS_BFF_TOKEN_AUTH_METHOD", "Oidc:TokenAuthMethod"),
        ("BFF_JWT_SIGNING_KEY", "Bff:Keys:SigningKey"),
        ("DCR_SIGNING_KEY", "Bff:Keys:SigningKey"),
        ("BFF_DYNAMIC_CALLBACK", "Bff:DynamicCallback"),
        ("DCR_IAT", "Registration:InitialAccessToken"),
        ("DCR_CLIENT_ID", "Registration:ClientId"),
        ("DCR_CLIENT_PROFILE", "Registration:Profile"),
        ("DCR_REDIRECT_URIS", "Registration:RedirectUris"),
        ("DCR_FORCE_REPLACE", "Registration:ForceReplace"),
        ("REDIS_URL", "ConnectionStrings:cache"),
    ];

    public static void Apply(IConfigurationManager configuration) => EarlierVariables.Apply(configuration, Names);
}

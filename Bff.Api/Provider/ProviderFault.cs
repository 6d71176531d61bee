using System.Net;
using Platform.Bff.Configuration;

namespace Platform.Bff.Provider;

/// <summary>What a provider's refusal says for the log: its signature, then the likely cause with the fix.</summary>
internal static class ProviderFault
{
    public static string Explain(OpenIdProvider provider, HttpStatusCode status, string error, string? description)
    {
        var signature = $"the provider answered {(int)status} {error}" + (description is null ? "" : $": {description}");
        return Advice(error, description, provider) is { } advice ? $"{signature}. {advice}" : signature;
    }

    private static string? Advice(string error, string? description, OpenIdProvider provider) => error switch
    {
        "invalid_client" when provider.Options.TokenAuthMethod == TokenAuthMethods.PrivateKeyJwt =>
            $"Likely cause: {provider.Options.ClientId} is not registered there for private_key_jwt with the keys of this BFF. " +
            "Fix: let the client's jwks_uri name /.well-known/jwks.json of the BFF, or set Oidc:TokenAuthMethod " +
            "(MS_BFF_TOKEN_AUTH_METHOD) to the method that the client is registered with.",
        "invalid_client" when description?.Contains("jwt-bearer", StringComparison.Ordinal) is true =>
            $"Likely cause: {provider.Options.ClientId} is registered there for private_key_jwt, and this BFF sends a secret. Fix: set " +
            "Oidc:TokenAuthMethod (MS_BFF_TOKEN_AUTH_METHOD) to private_key_jwt and let the client's jwks_uri name " +
            "/.well-known/jwks.json of the BFF; or register the client there for client_secret_post or client_secret_basic.",
        "invalid_client" =>
            $"Likely cause: {provider.Options.ClientId} is not registered there for {provider.Options.TokenAuthMethod}, or its secret is " +
            "another. Fix: set Oidc:ClientSecret (AUTH_CLIENT_SECRET) to the client's secret, or Oidc:TokenAuthMethod " +
            "(MS_BFF_TOKEN_AUTH_METHOD) to the method that the client is registered with.",
        "invalid_scope" =>
            "Likely cause: a scope is not allowed to this client. Fix: add it to the client (clients.yaml: scopes; " +
            "dcr_config.yaml: policy.allowed_scopes), or take it out of Oidc:Scopes (OIDC_SCOPES).",
        "invalid_redirect_uri" =>
            "Likely cause: the callback is not among the client's redirect_uris, which are compared exactly. Fix: register it " +
            "(DCR_REDIRECT_URIS, DCR_FORCE_REPLACE=true), https, with the path /auth/callback and no trailing slash.",
        "invalid_token" =>
            "Likely cause: the initial access token (DCR_IAT) is spent, expired or unknown there, or the registration was deleted. Fix: " +
            "remove DCR_IAT if the client is registered; else let the provider issue a new one and set it, with DCR_FORCE_REPLACE=true " +
            "where a client of this name exists.",
        "invalid_dpop_proof" or "use_dpop_nonce" =>
            "Likely cause: the clocks differ, or a proxy changes the address that the provider sees. Fix: synchronize the " +
            "clocks and give the provider its public address; or set Oidc:DPoP to false.",
        _ => null,
    };
}

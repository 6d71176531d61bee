using Platform.Tokens.Jose;

namespace Platform.Bff.Configuration;

/// <summary>
/// One provider that signs people in, and who the BFF is there: section <c>Oidc</c>, and <c>Providers:{name}</c> for each
/// further one. The defaults ask for everything; what a provider lacks is switched off here and never silently.
/// </summary>
internal sealed class OidcOptions
{
    public const string Section = "Oidc";

    /// <summary>The section of further providers, by name.</summary>
    public const string FurtherSection = "Providers";

    public string Issuer { get; set; } = "";

    /// <summary>What people call it where they choose among several; the host of the issuer if not set.</summary>
    public string? DisplayName { get; set; }

    public string ClientId { get; set; } = "bff-server";

    public string ClientSecret { get; set; } = "";

    /// <summary>One of <see cref="TokenAuthMethods"/>.</summary>
    public string TokenAuthMethod { get; set; } = TokenAuthMethods.PrivateKeyJwt;

    public string Scopes { get; set; } = "openid profile email offline_access contacts.read";

    /// <summary>RFC 9126: the authorization request goes to the provider itself, not through the browser.</summary>
    public bool PushedAuthorization { get; set; } = true;

    /// <summary>RFC 7636, S256.</summary>
    public bool Pkce { get; set; } = true;

    /// <summary>JARM: the provider signs its authorization responses.</summary>
    public bool SignedResponse { get; set; } = true;

    /// <summary>RFC 9207: every authorization response names its issuer.</summary>
    public bool ResponseIssuer { get; set; } = true;

    /// <summary>RFC 9449: access tokens are bound to a key of the BFF.</summary>
    public bool DPoP { get; set; } = true;

    /// <summary>What ID tokens, authorization responses and logout tokens may be signed with; ES256 and PS256 if not set.</summary>
    public IList<JwsAlgorithm> SigningAlgorithms { get; } = [];

    /// <summary>The <c>acr_values</c> that a page may ask for (step-up).</summary>
    public IList<string> StepUpAcrValues { get; } = [];

    /// <summary>Where the browser is sent instead of the metadata's <c>authorization_endpoint</c>.</summary>
    public Uri? AuthorizationUrl { get; set; }

    /// <summary>Where tokens are got instead of the metadata's <c>token_endpoint</c>; http is for use inside a cluster.</summary>
    public Uri? TokenUrl { get; set; }
}

namespace Platform.Contacts.Authorization;

internal sealed class OidcOptions
{
    public const string Section = "Oidc";

    /// <summary>The issuer identifier of the identity provider, exactly as its tokens have it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The address of this API as callers know it; DPoP proofs name it (RFC 9449 section 4.2).</summary>
    public string ApiUrl { get; init; } = "";

    /// <summary>What the tokens for this API have as their audience.</summary>
    public string Audience { get; init; } = "urn:platform:contacts-api";

    /// <summary>Who this API is at the identity provider, where it asks there about each token (RFC 7662).</summary>
    public IntrospectionOptions? Introspection { get; init; }

    /// <summary>How far the clocks may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);
}

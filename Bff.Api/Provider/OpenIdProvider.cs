using Platform.Bff.Configuration;
using Platform.Tokens.AuthorizationResponses;
using Platform.Tokens.Discovery;
using Platform.Tokens.IdTokens;
using Platform.Tokens.Jose;
using Platform.Tokens.LogoutTokens;

namespace Platform.Bff.Provider;

/// <summary>A provider that signs people in: its metadata and keys, and what is accepted of it.</summary>
internal sealed class OpenIdProvider
{
    /// <summary>How far its clock may be from ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private static readonly JwsAlgorithm[] DefaultAlgorithms = [JwsAlgorithm.ES256, JwsAlgorithm.PS256];

    public OpenIdProvider(string name, OidcOptions options, HttpClient http, TimeProvider clock)
    {
        (Name, Options) = (name, options);
        Algorithms = options.SigningAlgorithms is [_, ..] chosen ? [.. chosen] : DefaultAlgorithms;
        Documents = new ProviderClient(http, options.Issuer, clock);
        IdTokens = new IdTokenValidator(
            Documents, new(options.Issuer, options.ClientId, ClockSkew) { Algorithms = Algorithms }, clock);
        LogoutTokens = new LogoutTokenValidator(
            Documents, new(options.Issuer, options.ClientId, ClockSkew) { Algorithms = Algorithms }, clock);
        SignedResponses = new AuthorizationResponseValidator(
            Documents, new(options.Issuer, options.ClientId, ClockSkew) { Algorithms = Algorithms }, clock);
    }

    /// <summary>Its name in the configuration and in the address of its callback; empty for the one of section <c>Oidc</c>.</summary>
    public string Name { get; }

    public OidcOptions Options { get; }

    public string Issuer => Options.Issuer;

    /// <summary>What its ID tokens, authorization responses and logout tokens may be signed with.</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; }

    public ProviderClient Documents { get; }

    public IdTokenValidator IdTokens { get; }

    public LogoutTokenValidator LogoutTokens { get; }

    public AuthorizationResponseValidator SignedResponses { get; }

    /// <summary>
    /// A path of its own for each provider, so that the answer of one cannot pass for that of another
    /// (RFC 9700 section 4.4.2.1).
    /// </summary>
    public string CallbackPath => Name.Length == 0 ? "/auth/callback" : $"/auth/callback/{Name}";

    /// <exception cref="ProviderUnavailableException">It cannot be had.</exception>
    public async ValueTask<ProviderMetadata> GetMetadataAsync(CancellationToken cancellationToken)
    {
        var metadata = await Documents.GetMetadataAsync(cancellationToken);
        return Options is { AuthorizationUrl: null, TokenUrl: null } ? metadata : metadata with
        {
            AuthorizationEndpoint = Options.AuthorizationUrl ?? metadata.AuthorizationEndpoint,
            TokenEndpoint = Options.TokenUrl ?? metadata.TokenEndpoint,
        };
    }
}

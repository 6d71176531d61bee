using Platform.Tokens.Jose;

namespace Platform.Tokens.Discovery;

/// <summary>Fetches and reads what a provider publishes.</summary>
internal sealed class ProviderDocuments
{
    private readonly DocumentFetch _fetch;
    private readonly string _issuer;
    private readonly Uri _metadata;

    public ProviderDocuments(HttpClient http, string issuer, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || !ProviderMetadataReader.IsSecure(uri))
        {
            throw new ArgumentException(
                $"The issuer {issuer} is neither an https address nor http on this machine.", nameof(issuer));
        }

        _fetch = new DocumentFetch(http, clock);
        _issuer = issuer;

        // OpenID Connect Discovery 1.0 section 4.1: a terminating slash is removed first.
        _metadata = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
    }

    public Task<ProviderMetadata> FetchMetadataAsync() => _fetch.GetAsync(_metadata, body =>
        StrictJson.TryParseObject(body.Span, out var json)
            ? ProviderMetadataReader.Read(json, _issuer)
            : throw new FormatException("The metadata is not a JSON object."));

    public Task<JsonWebKeySet> FetchKeysAsync(ProviderMetadata metadata) =>
        _fetch.GetAsync(metadata.JwksUri, JsonWebKeySet.Parse);
}

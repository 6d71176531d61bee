using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>The metadata and keys of one transmitter, fetched when needed and kept for a while.</summary>
public sealed class TransmitterClient
{
    private const string WellKnown = "/.well-known/ssf-configuration";

    private readonly CachedFetch<TransmitterMetadata> _metadata;

    /// <summary>Creates the client of the transmitter with this issuer identifier.</summary>
    /// <exception cref="ArgumentException">The issuer is neither https nor http on this machine.</exception>
    public TransmitterClient(HttpClient http, string issuer, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || !ProviderMetadataReader.IsSecure(uri))
        {
            throw new ArgumentException($"The issuer {issuer} is neither an https address nor http on this machine.", nameof(issuer));
        }

        // SSF 1.0 section 7.2: the well-known part comes before the path of the issuer
        var address = new Uri($"{uri.GetLeftPart(UriPartial.Authority)}{WellKnown}{uri.AbsolutePath.TrimEnd('/')}");
        var fetch = new DocumentFetch(http, clock);
        _metadata = new CachedFetch<TransmitterMetadata>(() => fetch.GetAsync(address, body => Read(body, issuer)), clock);
        Keys = new IssuerKeys(
            async () => await fetch.GetAsync((await GetMetadataAsync(CancellationToken.None)).JwksUri, JsonWebKeySet.Parse), clock);
    }

    /// <summary>The keys that its metadata names.</summary>
    public IssuerKeys Keys { get; }

    /// <summary>The metadata; its issuer is exactly the configured one.</summary>
    /// <exception cref="ProviderUnavailableException">It cannot be had.</exception>
    public ValueTask<TransmitterMetadata> GetMetadataAsync(CancellationToken cancellationToken) => _metadata.GetAsync(cancellationToken);

    private static TransmitterMetadata Read(ReadOnlyMemory<byte> body, string issuer) =>
        StrictJson.TryParseObject(body.Span, out var json)
            ? TransmitterMetadata.Read(json, issuer)
            : throw new FormatException("The metadata is not a JSON object.");
}

using System.Net.Http.Headers;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Discovery;

/// <summary>Fetches and reads what a provider publishes.</summary>
internal sealed class ProviderDocuments
{
    private const int MaximumSize = 256 * 1024;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
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

        _http = http;
        _clock = clock;
        _issuer = issuer;

        // OpenID Connect Discovery 1.0 section 4.1: a terminating slash is removed first.
        _metadata = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
    }

    public async Task<ProviderMetadata> FetchMetadataAsync() => Read(_metadata, await FetchAsync(_metadata), body =>
        StrictJson.TryParseObject(body.Span, out var json)
            ? ProviderMetadataReader.Read(json, _issuer)
            : throw new FormatException("The metadata is not a JSON object."));

    public async Task<JsonWebKeySet> FetchKeysAsync(ProviderMetadata metadata) =>
        Read(metadata.JwksUri, await FetchAsync(metadata.JwksUri), JsonWebKeySet.Parse);

    private static T Read<T>(Uri address, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(body);
        }
        catch (FormatException problem)
        {
            throw new ProviderUnavailableException($"{address} is not usable: {problem.Message}", problem);
        }
    }

    // The time limit covers the body too: callers share this fetch, so one that never ends would hold up all of them.
    private async Task<ReadOnlyMemory<byte>> FetchAsync(Uri address)
    {
        using var limit = new CancellationTokenSource(MaximumTime, _clock);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(MaximumSize, limit.Token);
            return await response.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (OperationCanceledException problem) when (limit.IsCancellationRequested)
        {
            throw new ProviderUnavailableException(
                $"{address} cannot be fetched: it took longer than {MaximumTime.TotalSeconds} seconds.", problem);
        }
        catch (Exception problem)
        {
            // Whatever it was: resilience handlers (time limits, circuit breakers) have exceptions of their own.
            throw new ProviderUnavailableException($"{address} cannot be fetched: {problem.Message}", problem);
        }
    }
}

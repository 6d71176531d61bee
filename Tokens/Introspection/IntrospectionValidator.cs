using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Introspection;

/// <summary>
/// Asks the authorization server whether an access token is good (RFC 7662), each time: a token that was revoked is refused
/// from then on, and one of any format is understood.
/// </summary>
public sealed class IntrospectionValidator(
    HttpClient http, ProviderClient provider, IntrospectionCredentials credentials, AccessTokenRules rules, TimeProvider clock)
    : IAccessTokenValidator
{
    private const int MaximumSize = 64 * 1024;

    /// <inheritdoc/>
    public async ValueTask<AccessTokenCheck> ValidateAsync(
        string token, Confirmation? possession, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var metadata = await provider.GetMetadataAsync(cancellationToken);
        var answer = await AskAsync(EndpointOf(metadata), token, cancellationToken);

        // RFC 7662 section 2.2: whatever the reason, a token that is not in force is nothing but inactive.
        return answer.TryGetProperty("active", out var active) && active.ValueKind is JsonValueKind.True
            ? AccessTokenValidator.ValidateClaims(answer, rules, possession, clock.GetUtcNow())
            : new AccessTokenCheck.Refused("invalid_token", "The authorization server says that the token is not active.");
    }

    private async Task<JsonElement> AskAsync(Uri endpoint, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent([new("token", token), new("token_type_hint", "access_token")]),
        };
        request.Headers.Authorization = credentials.Header;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is not HttpStatusCode.OK)
            {
                throw new ProviderUnavailableException(response.StatusCode is HttpStatusCode.Unauthorized
                    ? $"{endpoint} does not know this resource server: compare its client id and secret with the registration there."
                    : $"{endpoint} answered {(int)response.StatusCode}.");
            }

            await response.Content.LoadIntoBufferAsync(MaximumSize, cancellationToken);
            return StrictJson.TryParseObject((await response.Content.ReadAsByteArrayAsync(cancellationToken)).AsSpan(), out var json)
                ? json
                : throw new ProviderUnavailableException($"{endpoint} answered what is not a JSON object.");
        }
        catch (Exception problem) when (problem is not ProviderUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            // Whatever it was: resilience handlers (time limits, circuit breakers) have exceptions of their own.
            throw new ProviderUnavailableException($"{endpoint} cannot be asked: {problem.Message}", problem);
        }
    }

    // RFC 8414 section 2
    private static Uri EndpointOf(ProviderMetadata metadata) =>
        Uri.TryCreate(metadata.Json.Text("introspection_endpoint"), UriKind.Absolute, out var endpoint) &&
        endpoint.Scheme == metadata.TokenEndpoint.Scheme && ProviderMetadataReader.IsSecure(endpoint)
            ? endpoint
            : throw new ProviderUnavailableException("The provider's metadata has no introspection_endpoint that is a secure address.");
}

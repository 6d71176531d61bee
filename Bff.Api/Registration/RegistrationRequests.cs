using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Bff.Provider;

namespace Platform.Bff.Registration;

/// <summary>Registers a client (RFC 7591 section 3), and changes its registration (RFC 7592 section 2.2).</summary>
internal sealed class RegistrationRequests(ProviderCalls calls)
{
    public async Task<ProviderAnswer> RegisterAsync(
        OpenIdProvider provider, JsonObject metadata, RegistrationOptions registration, CancellationToken cancellationToken)
    {
        if (await EndpointAsync(provider, cancellationToken) is not { } endpoint)
        {
            return new ProviderAnswer.Refused("no_registration",
                "the provider's metadata has no registration_endpoint that is https: switch dynamic registration on there, or register " +
                "the client by hand and remove DCR_IAT");
        }

        var body = (JsonObject)metadata.DeepClone();
        body["client_id"] = provider.Options.ClientId;
        if (registration.Profile is { Length: > 0 } profile)
        {
            body["client_profile"] = profile;
        }

        if (registration.ForceReplace)
        {
            body["force_replace"] = true;
        }

        return await SendAsync(provider, HttpMethod.Post, endpoint, body, registration.InitialAccessToken!, cancellationToken);
    }

    public Task<ProviderAnswer> UpdateAsync(
        OpenIdProvider provider, JsonObject metadata, Uri clientUri, string accessToken, CancellationToken cancellationToken)
    {
        var body = (JsonObject)metadata.DeepClone();
        body["client_id"] = provider.Options.ClientId;
        return SendAsync(provider, HttpMethod.Put, clientUri, body, accessToken, cancellationToken);
    }

    /// <summary>Null when there is none, or one to which nobody should send a token.</summary>
    public static async ValueTask<Uri?> EndpointAsync(OpenIdProvider provider, CancellationToken cancellationToken)
    {
        var metadata = await provider.GetMetadataAsync(cancellationToken);
        return metadata.Json.TryGetProperty("registration_endpoint", out var value) && value.ValueKind is JsonValueKind.String &&
            Uri.TryCreate(value.GetString(), UriKind.Absolute, out var endpoint) &&
            endpoint.Scheme == new Uri(provider.Issuer).Scheme
                ? endpoint
                : null;
    }

    private async Task<ProviderAnswer> SendAsync(
        OpenIdProvider provider, HttpMethod method, Uri address, JsonObject body, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return (await calls.SendAsync(provider, request, cancellationToken)).Answer;
    }
}

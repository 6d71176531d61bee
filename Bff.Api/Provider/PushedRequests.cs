using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Provider;

/// <summary>What makes one sign-in unlike every other.</summary>
internal sealed record AuthorizationRequest(string State, string Nonce, string CodeChallenge);

/// <summary>Pushes the authorization request, so that the browser carries nothing but a reference (RFC 9126).</summary>
internal sealed class PushedRequests(ProviderForms forms, IOptions<OidcOptions> oidc, IOptions<BffOptions> bff)
{
    public async Task<ProviderAnswer> PushAsync(
        ProviderMetadata provider, AuthorizationRequest request, CancellationToken cancellationToken)
    {
        if (provider.PushedAuthorizationRequestEndpoint is not { } endpoint)
        {
            // Falling back to parameters in the URL would be a silent downgrade.
            return new ProviderAnswer.Unavailable("the provider's metadata has no pushed_authorization_request_endpoint");
        }

        var answer = await forms.PostAsync(endpoint, new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = oidc.Value.ClientId,
            ["redirect_uri"] = bff.Value.CallbackUrl,
            ["scope"] = oidc.Value.Scopes,
            ["state"] = request.State,
            ["nonce"] = request.Nonce,
            ["code_challenge"] = request.CodeChallenge,
            ["code_challenge_method"] = "S256",
        }, cancellationToken);

        return answer is ProviderAnswer.Success pushed && string.IsNullOrEmpty(pushed.Text("request_uri"))
            ? new ProviderAnswer.Unavailable("the provider's answer to a pushed request has no request_uri")
            : answer;
    }
}

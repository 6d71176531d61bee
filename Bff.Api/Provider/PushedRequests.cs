using Platform.Tokens.Discovery;

namespace Platform.Bff.Provider;

/// <summary>Pushes the authorization request, so that the browser carries nothing but a reference (RFC 9126).</summary>
internal sealed class PushedRequests(ProviderForms forms)
{
    public async Task<ProviderAnswer> PushAsync(
        OpenIdProvider provider, ProviderMetadata metadata, IReadOnlyDictionary<string, string> request, string? proofKey,
        CancellationToken cancellationToken)
    {
        var endpoint = metadata.PushedAuthorizationRequestEndpoint
            ?? throw new InvalidOperationException("What the provider can do is checked before.");
        var answer = await forms.PostAsync(provider, endpoint, request, proofKey, cancellationToken);
        return answer is ProviderAnswer.Success pushed && string.IsNullOrEmpty(pushed.Text("request_uri"))
            ? new ProviderAnswer.Unavailable("the provider's answer to a pushed request has no request_uri")
            : answer;
    }
}

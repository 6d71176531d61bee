namespace Platform.Bff.Provider;

/// <summary>Posts a form to an endpoint of a provider, as the client that the BFF is there.</summary>
internal sealed class ProviderForms(ProviderCalls calls, ClientAuthentication authentication, DPoPProver prover)
{
    /// <param name="provider">Whose endpoint it is.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="form">What; who sends it is added here.</param>
    /// <param name="proofKey">The key that is proved (RFC 9449); null to prove none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ProviderAnswer> PostAsync(
        OpenIdProvider provider, Uri endpoint, IReadOnlyDictionary<string, string> form, string? proofKey,
        CancellationToken cancellationToken)
    {
        var (answer, hasNonce) = await SendAsync(provider, endpoint, form, proofKey, cancellationToken);

        // RFC 9449 section 8: once more with the server's nonce; proof and assertion are new as well.
        return answer is ProviderAnswer.Refused { Error: "use_dpop_nonce" } && hasNonce
            ? (await SendAsync(provider, endpoint, form, proofKey, cancellationToken)).Answer
            : answer;
    }

    private async Task<(ProviderAnswer Answer, bool HasNonce)> SendAsync(
        OpenIdProvider provider, Uri endpoint, IReadOnlyDictionary<string, string> form, string? proofKey,
        CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Authorization = await authentication.AddAsync(provider, fields, cancellationToken);
        request.Content = new FormUrlEncodedContent(fields);
        if (proofKey is not null)
        {
            if (await prover.ProveAsync(proofKey, endpoint, cancellationToken) is not { } proof)
            {
                return (new ProviderAnswer.Unavailable("the DPoP key of the sign-in is gone; begin again"), false);
            }

            request.Headers.Add("DPoP", proof);
        }

        return await calls.SendAsync(provider, request, cancellationToken);
    }
}

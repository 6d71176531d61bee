namespace Platform.Bff.Provider;

/// <summary>Exchanges an authorization code, with the verifier that belongs to it, for tokens (RFC 6749 section 4.1.3).</summary>
internal sealed class CodeRedemption(ProviderForms forms)
{
    public async Task<ProviderAnswer> RedeemAsync(
        OpenIdProvider provider, string code, string redirectUri, string? codeVerifier, string? proofKey,
        CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
        };
        if (codeVerifier is not null)
        {
            form["code_verifier"] = codeVerifier;
        }

        var metadata = await provider.GetMetadataAsync(cancellationToken);
        return await forms.PostAsync(provider, metadata.TokenEndpoint, form, proofKey, cancellationToken);
    }
}

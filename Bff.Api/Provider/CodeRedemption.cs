using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Provider;

/// <summary>Exchanges an authorization code, with the verifier that belongs to it, for tokens (RFC 6749 section 4.1.3).</summary>
internal sealed class CodeRedemption(
    ProviderForms forms, ProviderClient provider, IOptions<BffOptions> bff)
{
    public async Task<ProviderAnswer> RedeemAsync(string code, string codeVerifier, CancellationToken cancellationToken)
    {
        var metadata = await provider.GetMetadataAsync(cancellationToken);
        return await forms.PostAsync(metadata.TokenEndpoint, new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = bff.Value.CallbackUrl,
            ["code_verifier"] = codeVerifier,
        }, cancellationToken);
    }
}

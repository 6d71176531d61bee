using Platform.Bff.Provider;

namespace Platform.Bff.AccessTokens;

/// <summary>Gets an access token for one audience with the refresh token of the session (RFC 6749 section 6, RFC 8707).</summary>
internal sealed class RefreshGrant(ProviderForms forms)
{
    public async Task<ProviderAnswer> RefreshAsync(
        OpenIdProvider provider, string refreshToken, RouteToken wanted, string? proofKey, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
        };
        Add(form, "audience", wanted.Audience);
        Add(form, "resource", wanted.Resource);
        Add(form, "scope", wanted.Scope);
        var metadata = await provider.GetMetadataAsync(cancellationToken);
        return await forms.PostAsync(provider, metadata.TokenEndpoint, form, proofKey, cancellationToken);
    }

    private static void Add(Dictionary<string, string> form, string name, string? value)
    {
        if (value is not null)
        {
            form[name] = value;
        }
    }
}

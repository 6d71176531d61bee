using System.Diagnostics;
using Platform.Bff.Provider;
using Platform.Tokens.Discovery;

namespace Platform.Bff.AccessTokens;

/// <summary>What a token endpoint answered. Reasons are for the log.</summary>
internal abstract record GrantAnswer
{
    public sealed record Granted(GrantedTokens Tokens) : GrantAnswer;

    /// <summary>Understood and refused: <paramref name="Error"/> is the OAuth error code.</summary>
    public sealed record Refused(string Error, string Reason) : GrantAnswer;

    public sealed record Unavailable(string Reason) : GrantAnswer;
}

/// <summary>The parameters of a token request.</summary>
/// <param name="Fields">All but those that say who the client is.</param>
/// <param name="ProofKey">The key to prove (RFC 9449); null for the current one, where the provider has DPoP.</param>
internal sealed record GrantForm(Dictionary<string, string> Fields, string? ProofKey = null);

/// <summary>Asks a provider's token endpoint (RFC 6749 section 3.2). Every grant of this folder goes through here.</summary>
internal sealed class TokenRequests(ProviderForms forms, DPoPProver prover, TimeProvider clock)
{
    public async Task<GrantAnswer> PostAsync(
        OpenIdProvider provider, GrantForm form, RouteToken target, CancellationToken cancellationToken)
    {
        try
        {
            var proofKey = form.ProofKey ?? (provider.Options.DPoP ? await prover.CurrentKeyAsync(cancellationToken) : null);
            var metadata = await provider.GetMetadataAsync(cancellationToken);
            return await forms.PostAsync(provider, metadata.TokenEndpoint, target.AddTo(form.Fields), proofKey, cancellationToken) switch
            {
                ProviderAnswer.Success answer => GrantedTokens.Read(answer, proofKey, clock.GetUtcNow()) is { } granted
                    ? new GrantAnswer.Granted(granted)
                    : new GrantAnswer.Unavailable("the token response has no access token of a type that is understood"),
                ProviderAnswer.Refused refused => new GrantAnswer.Refused(refused.Error, refused.Reason),
                ProviderAnswer.Unavailable away => new GrantAnswer.Unavailable(away.Reason),
                _ => throw new UnreachableException(),
            };
        }
        catch (ProviderUnavailableException away)
        {
            return new GrantAnswer.Unavailable(away.Message);
        }
    }
}

using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Bff.Provider;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Login;

/// <summary>How a sign-in began.</summary>
internal abstract record SignInBeginning
{
    public sealed record Started(string State, string AuthorizationUrl) : SignInBeginning;

    public sealed record Refused(SignInRefusal Refusal) : SignInBeginning;
}

/// <summary>Begins a sign-in: fresh secrets, the request, and a record for the way back.</summary>
internal sealed class SignInStart(
    PushedRequests pushedRequests, DPoPProver prover, PreSessionStore preSessions, TimeProvider clock)
{
    // 1 the provider can do it  2 fresh secrets  3 kept for the way back  4 pushed
    public async Task<SignInBeginning> BeginAsync(SignInWish wish, CancellationToken cancellationToken)
    {
        var provider = wish.Provider;
        try
        {
            var metadata = await provider.GetMetadataAsync(cancellationToken);
            if (ProviderAbilities.Missing(provider, metadata) is { } missing)
                return new SignInBeginning.Refused(SignInRefusal.Failed("downgrade_refused", missing));

            var state = Secret();
            var preSession = new PreSession
            {
                Provider = provider.Name,
                Issuer = provider.Issuer,
                RedirectUri = wish.Origin + provider.CallbackPath,
                CodeVerifier = provider.Options.Pkce ? Secret() : null,
                Nonce = Secret(),
                ProofKey = provider.Options.DPoP ? await prover.CurrentKeyAsync(cancellationToken) : null,
                ReturnUrl = wish.ReturnUrl,
                Mode = wish.Mode,
                StartedAt = clock.GetUtcNow(),
                AcrValues = wish.Demands.AcrValues,
                MaxAge = wish.Demands.MaxAge,
                TraceParent = Activity.Current?.Id,
            };
            await preSessions.SaveAsync(state, preSession, cancellationToken);

            var request = Parameters(wish, state, preSession);
            return provider.Options.PushedAuthorization
                ? await PushAsync(provider, metadata, state, request, preSession.ProofKey, cancellationToken)
                : new SignInBeginning.Started(state, Url(metadata, request));
        }
        catch (ProviderUnavailableException away)
        {
            return new SignInBeginning.Refused(SignInRefusal.Away(away.Message));
        }
    }

    private async Task<SignInBeginning> PushAsync(
        OpenIdProvider provider, ProviderMetadata metadata, string state, Dictionary<string, string> request, string? proofKey,
        CancellationToken cancellationToken) =>
        await pushedRequests.PushAsync(provider, metadata, request, proofKey, cancellationToken) switch
        {
            // FAPI 2.0 section 5.3.3.2: nothing but the client and the reference travels through the browser.
            ProviderAnswer.Success pushed => new SignInBeginning.Started(state, Url(metadata, new()
            {
                ["client_id"] = provider.Options.ClientId,
                ["request_uri"] = pushed.Text("request_uri")!,
            })),
            ProviderAnswer.Refused refused => new SignInBeginning.Refused(SignInRefusal.Failed("push_refused", refused.Reason)),
            ProviderAnswer.Unavailable away => new SignInBeginning.Refused(SignInRefusal.Away(away.Reason)),
            _ => throw new UnreachableException(),
        };

    private static Dictionary<string, string> Parameters(SignInWish wish, string state, PreSession preSession)
    {
        var provider = wish.Provider;
        var request = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = provider.Options.ClientId,
            ["redirect_uri"] = preSession.RedirectUri,
            ["scope"] = provider.Options.Scopes,
            ["state"] = state,
            ["nonce"] = preSession.Nonce,
        };
        if (preSession.CodeVerifier is { } verifier)
        {
            request["code_challenge"] = Challenge(verifier);
            request["code_challenge_method"] = "S256";
        }

        if (provider.Options.SignedResponse)
        {
            request["response_mode"] = "jwt";
        }

        // RFC 9449 section 10: the code is bound to the key, too.
        if (preSession.ProofKey is { } key)
        {
            request["dpop_jkt"] = key;
        }

        wish.Demands.AddTo(request);
        if (wish.Mode is not SignInMode.Visible)
        {
            request["prompt"] = "none";
        }

        return request;
    }

    private static string Url(ProviderMetadata metadata, Dictionary<string, string> parameters) =>
        QueryHelpers.AddQueryString(metadata.AuthorizationEndpoint.AbsoluteUri, parameters!);

    // 256 bits, 43 characters: the least that RFC 7636 allows a verifier, and within the 64 that a nonce may have.
    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}

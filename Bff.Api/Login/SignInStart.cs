using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Provider;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Login;

/// <summary>How a sign-in began.</summary>
internal abstract record SignInBeginning
{
    public sealed record Started(string State, string AuthorizationUrl) : SignInBeginning;

    public sealed record Refused(SignInRefusal Refusal) : SignInBeginning;
}

/// <summary>Begins a sign-in: fresh secrets, a pushed request, and a record for the way back.</summary>
internal sealed class SignInStart(
    ReturnUrl returnUrls,
    ProviderClient provider,
    PushedRequests pushedRequests,
    PreSessionStore preSessions,
    IOptions<OidcOptions> options)
{
    public async Task<SignInBeginning> BeginAsync(string? returnUrl, CancellationToken cancellationToken)
    {
        if (returnUrls.Local(returnUrl) is not { } local)
        {
            return new SignInBeginning.Refused(SignInRefusal.NotLocal());
        }

        var (state, nonce, verifier) = (Secret(), Secret(), Secret());
        try
        {
            var metadata = await provider.GetMetadataAsync(cancellationToken);
            await preSessions.SaveAsync(
                state, new(metadata.Issuer, verifier, nonce, local, Activity.Current?.Id), cancellationToken);
            return await pushedRequests.PushAsync(
                metadata, new(state, nonce, Challenge(verifier)), cancellationToken) switch
            {
                ProviderAnswer.Success pushed => new SignInBeginning.Started(
                    state, AuthorizationUrl(metadata, pushed.Text("request_uri")!)),
                ProviderAnswer.Refused refused => new SignInBeginning.Refused(
                    SignInRefusal.Failed("push_refused", refused.Reason)),
                ProviderAnswer.Unavailable away => new SignInBeginning.Refused(SignInRefusal.Away(away.Reason)),
                _ => throw new UnreachableException(),
            };
        }
        catch (ProviderUnavailableException away)
        {
            return new SignInBeginning.Refused(SignInRefusal.Away(away.Message));
        }
    }

    // FAPI 2.0 section 5.3.3.2: nothing but the client and the reference travels through the browser.
    private string AuthorizationUrl(ProviderMetadata metadata, string requestUri) =>
        QueryHelpers.AddQueryString(metadata.AuthorizationEndpoint.AbsoluteUri, new Dictionary<string, string?>
        {
            ["client_id"] = options.Value.ClientId,
            ["request_uri"] = requestUri,
        });

    // 256 bits, 43 characters: the least that RFC 7636 allows a verifier, and within the 64 that a nonce may have.
    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}

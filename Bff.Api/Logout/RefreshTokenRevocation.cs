using Platform.Bff.Provider;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Logout;

/// <summary>
/// Tells the provider that a refresh token is not needed any more (RFC 7009), where it has an endpoint for that. Whoever
/// signs out does not wait long for it, and is signed out whatever comes of it.
/// </summary>
internal sealed partial class RefreshTokenRevocation(
    ProviderForms forms, OpenIdProviders providers, TimeProvider clock, ILogger<RefreshTokenRevocation> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Not given up when the browser leaves: nobody else will tell the provider.
    public async Task RevokeAsync(LiveSession session)
    {
        if (session.Tokens.RefreshToken is not { } refreshToken || providers.OfIssuer(session.Record.Issuer) is not { } provider)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var metadata = await provider.GetMetadataAsync(patience.Token);
            if (metadata.RevocationEndpoint is not { } endpoint)
            {
                return;
            }

            var form = new Dictionary<string, string> { ["token"] = refreshToken, ["token_type_hint"] = "refresh_token" };
            var answer = await forms.PostAsync(provider, endpoint, form, proofKey: null, patience.Token);
            if (answer is ProviderAnswer.Refused { Reason: var refused })
            {
                LogKept(refused);
            }
            else if (answer is ProviderAnswer.Unavailable { Reason: var away })
            {
                LogKept(away);
            }
        }
        catch (ProviderUnavailableException away)
        {
            LogKept(away.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            LogKept("the provider did not answer in time");
        }
    }

    [LoggerMessage(LogLevel.Warning, "The refresh token of an ended session was not revoked at the provider: {Reason}")]
    private partial void LogKept(string reason);
}

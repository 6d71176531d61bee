using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Bff.Operations;
using Platform.Bff.Provider;
using Platform.ServiceDefaults.Telemetry;
using Platform.Sessions;
using Platform.Tokens.Discovery;
using Platform.Tokens.IdTokens;

namespace Platform.Bff.Login;

/// <summary>How a sign-in ended.</summary>
internal abstract record SignInEnd
{
    public sealed record SignedIn(string Handle) : SignInEnd;

    public sealed record Refused(SignInRefusal Refusal) : SignInEnd;
}

/// <summary>Turns an accepted code into a session.</summary>
internal sealed class SignInCompletion(
    CodeRedemption redemption, ISessions sessions, UserInfo userInfo, KeptClaims claims, EmailSubjects emails,
    IOptions<SessionsOptions> options, TimeProvider clock)
{
    public async Task<SignInEnd> CompleteAsync(
        CallbackCheck.Accepted accepted, SessionDevice device, CancellationToken cancellationToken)
    {
        var (provider, preSession) = (accepted.Provider, accepted.PreSession);
        try
        {
            return await redemption.RedeemAsync(
                provider, accepted.Code, preSession.RedirectUri, preSession.CodeVerifier, preSession.ProofKey, cancellationToken) switch
            {
                ProviderAnswer.Success answer => await CreateAsync(provider, answer, preSession, device, cancellationToken),
                ProviderAnswer.Refused refused => Refuse(SignInRefusal.Failed("code_refused", refused.Reason)),
                ProviderAnswer.Unavailable away => Refuse(SignInRefusal.Away(away.Reason)),
                _ => throw new UnreachableException(),
            };
        }
        catch (ProviderUnavailableException away)
        {
            return Refuse(SignInRefusal.Away(away.Message));
        }
    }

    private async Task<SignInEnd> CreateAsync(
        OpenIdProvider provider, ProviderAnswer.Success answer, PreSession preSession, SessionDevice device,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (GrantedTokens.Read(answer, preSession.ProofKey, now) is not { IdToken: { Length: > 0 } signedIn } granted)
        {
            return Refuse(SignInRefusal.Failed(
                "incomplete_tokens", $"the token response lacks an ID token or an access token of type {(preSession.ProofKey is null ? "Bearer" : "DPoP")}"));
        }

        // No token is used before this has passed (RFC 9700 section 4.5.3.2).
        var check = await provider.IdTokens.ValidateAsync(signedIn, preSession.Nonce, granted.AccessToken.Value, cancellationToken);
        if (check is not IdTokenCheck.Valid { Token: var idToken })
        {
            return Refuse(SignInRefusal.Failed("id_token_refused", ((IdTokenCheck.Refused)check).Reason));
        }

        ProtocolSpan.Passed("ID token: signature, iss, aud, exp, nonce, at_hash", "OpenID Connect Core section 3.1.3.7");
        if (StepUpCheck.Refusal(preSession, idToken) is { } weak)
        {
            return Refuse(weak);
        }

        var (name, email) = await userInfo.OfAsync(provider, idToken, granted.AccessToken, cancellationToken);
        var record = new SessionRecord
        {
            Issuer = idToken.Issuer,
            Subject = idToken.Subject,
            SessionId = idToken.SessionId,
            Name = name,
            Email = email,
            Claims = claims.Of(idToken.Claims),
            Device = device,
            CreatedAt = now,
            AuthenticatedAt = idToken.AuthenticatedAt ?? idToken.IssuedAt,
            Acr = StepUpCheck.ClassOf(idToken),

            // Without a refresh token nothing can be done for the person once the access token has expired.
            ExpiresAt = granted.RefreshToken is not null ? now + options.Value.LongestLifetime
                : granted.HasLifetime ? granted.AccessToken.ExpiresAt
                : idToken.ExpiresAt,
        };
        var tokens = new SessionTokens { IdToken = signedIn, RefreshToken = granted.RefreshToken }.With("", granted.AccessToken);

        await emails.NoteAsync(record, cancellationToken);
        return await sessions.CreateAsync(record, tokens, cancellationToken) switch
        {
            SessionCreation.Created created => new SignInEnd.SignedIn(created.Handle),
            SessionCreation.TooLarge large => Refuse(SignInRefusal.TooLarge(large.Reason)),
            SessionCreation.Revoked revoked => Refuse(SignInRefusal.Revoked(revoked.Reason)),
            _ => throw new UnreachableException(),
        };
    }

    private static SignInEnd.Refused Refuse(SignInRefusal refusal) => new(refusal);
}

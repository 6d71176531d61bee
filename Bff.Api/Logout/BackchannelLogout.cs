using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Bff.Provider;
using Platform.ServiceDefaults.Telemetry;
using Platform.Sessions;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;
using Platform.Tokens.LogoutTokens;

namespace Platform.Bff.Logout;

/// <summary>
/// The provider says that a session, or all of a person's, is over (OpenID Connect Back-Channel Logout 1.0). It calls
/// from its own servers: the signature of the token is what lets it in, no cookie and no header.
/// </summary>
internal sealed partial class BackchannelLogout(
    OpenIdProviders providers, SessionRevocation revocation, ILogger<BackchannelLogout> logger)
{
    // 1 one token in a form  2 validated  3 ended on every replica, with a tombstone for sign-ins in flight  4 answered
    public async Task<IResult> Logout(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadTokenAsync(http.Request, cancellationToken) is not { } token)
        {
            return Refuse("there is not one logout_token in a form");
        }

        // Whose keys to try; nothing of it is believed before they fit.
        if (UnverifiedIssuer.Of(token) is not { } issuer || providers.OfIssuer(issuer) is not { } provider)
        {
            return Refuse("it is of no issuer that signs people in here");
        }

        LogoutTokenCheck check;
        try
        {
            check = await provider.LogoutTokens.ValidateAsync(token, cancellationToken);
        }
        catch (ProviderUnavailableException away)
        {
            check = new LogoutTokenCheck.Undecided(away.Message);
        }

        return check switch
        {
            LogoutTokenCheck.Valid valid => await EndAsync(valid.Token, cancellationToken),
            LogoutTokenCheck.Undecided undecided => Postpone(http, undecided.Reason),
            LogoutTokenCheck.Refused refused => Refuse(refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    // Section 2.5.
    private static async Task<string?> ReadTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.HasFormContentType &&
                (await request.ReadFormAsync(cancellationToken))["logout_token"] is [{ Length: > 0 } token]
                    ? token
                    : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    // Section 2.7. The revocation remembers the token's id: a token that comes again ends nothing that began since.
    private async Task<IResult> EndAsync(LogoutToken token, CancellationToken cancellationToken)
    {
        ProtocolSpan.Join("logout_token", token.JwtId);
        ProtocolSpan.Passed("logout_token: signature, iss, aud, events, jti", "OpenID Connect Back-Channel Logout section 2.6");
        var outcome = await revocation.RevokeAsync(
            new Revocation(token.Issuer, token.Subject, token.SessionId, token.JwtId, token.IssuedAt), cancellationToken);
        if (!outcome.Repeated)
        {
            BffTelemetry.CountEnded("backchannel_logout", outcome.Ended);
        }

        LogEnded(outcome.Ended, token.SessionId is null ? "all of a person" : "one", outcome.Repeated);
        return TypedResults.Ok();
    }

    // Section 2.8.
    private BadRequest<Dictionary<string, string>> Refuse(string reason)
    {
        LogRefused(reason);
        ProtocolSpan.Refused("invalid_request", reason);
        return TypedResults.BadRequest(new Dictionary<string, string>
        {
            ["error"] = "invalid_request",
            ["error_description"] = "The logout token is not valid.",
        });
    }

    private StatusCodeHttpResult Postpone(HttpContext http, string reason)
    {
        LogPostponed(reason);
        http.Response.Headers.RetryAfter = "30";
        return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    [LoggerMessage(LogLevel.Information, "The provider ended {Ended} session(s) here ({Which}; seen before: {Repeated}).")]
    private partial void LogEnded(int ended, string which, bool repeated);

    [LoggerMessage(LogLevel.Warning, "A logout token was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(LogLevel.Warning, "A logout token could not be checked, and is to be sent again: {Reason}")]
    private partial void LogPostponed(string reason);
}

using Platform.Bff.Provider;
using Platform.Bff.Session;
using Platform.Sessions;

namespace Platform.Bff.Logout;

/// <summary>
/// The provider's page loads this in a frame (OpenID Connect Front-Channel Logout 1.0). Anybody's page could, so it ends
/// nothing but the session whose cookie came along, and only when issuer and session are its own. Browsers do not send
/// the cookie into a frame of another site: the back channel is the one to rely on.
/// </summary>
internal sealed partial class FrontchannelLogout(
    CurrentSession current, ISessions sessions, OpenIdProviders providers, ILogger<FrontchannelLogout> logger)
{
    public async Task<IResult> Logout(HttpContext http, string? iss, string? sid, CancellationToken cancellationToken)
    {
        // Section 3: either both or neither; neither would let any page sign the person out.
        if (string.IsNullOrEmpty(iss) || string.IsNullOrEmpty(sid) || providers.OfIssuer(iss) is null)
        {
            return TypedResults.BadRequest();
        }

        var ended = await current.FindAsync(http, isUse: false, cancellationToken) is { Record: var record } session &&
            record.Issuer == iss && record.SessionId == sid &&
            await sessions.EndByKeyAsync(session.Key, cancellationToken);
        if (ended)
        {
            SessionCookie.Delete(http);
            BffTelemetry.CountEnded("frontchannel_logout");
        }

        LogDone(ended);

        // Whoever embeds it learns nothing of the outcome.
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; frame-ancestors {new Uri(iss).GetLeftPart(UriPartial.Authority)}";
        return TypedResults.Content("<!doctype html><title>Signed out</title>", "text/html; charset=utf-8");
    }

    [LoggerMessage(LogLevel.Information, "The provider's page asked to sign out; a session of this browser ended: {Ended}.")]
    private partial void LogDone(bool ended);
}

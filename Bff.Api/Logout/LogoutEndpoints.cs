using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Session;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Logout;

/// <summary>Ends the session here and says where to end it at the provider (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed partial class LogoutEndpoints(
    ISessions sessions,
    RefreshTokenRevocation refreshTokens,
    ProviderClient provider,
    IOptions<OidcOptions> oidc,
    IOptions<BffOptions> bff,
    ILogger<LogoutEndpoints> logger)
{
    internal sealed record View(string LogoutUrl);

    public async Task<IResult> Logout(HttpContext http, CancellationToken cancellationToken)
    {
        string? idToken = null;
        if (SessionCookie.Read(http.Request) is { } handle)
        {
            var session = await sessions.ReadAsync(handle, cancellationToken);
            if (session is not null && await sessions.EndByKeyAsync(session.Key, cancellationToken))
            {
                BffTelemetry.CountEnded("logout");
            }

            SessionCookie.Delete(http);
            idToken = session?.Tokens.IdToken;
            if (session?.Tokens.RefreshToken is { } refreshToken)
            {
                await refreshTokens.RevokeAsync(refreshToken);
            }
        }

        return TypedResults.Ok(new View(await LogoutUrlAsync(idToken, cancellationToken)));
    }

    // Signing out here must not fail because the provider is away.
    private async Task<string> LogoutUrlAsync(string? idToken, CancellationToken cancellationToken)
    {
        var startPage = $"{bff.Value.Origin}/";
        try
        {
            var metadata = await provider.GetMetadataAsync(cancellationToken);
            return metadata.EndSessionEndpoint is { } endpoint
                ? QueryHelpers.AddQueryString(endpoint.AbsoluteUri, new Dictionary<string, string?>
                {
                    ["id_token_hint"] = idToken,
                    ["client_id"] = oidc.Value.ClientId,
                    ["post_logout_redirect_uri"] = startPage,
                })
                : startPage;
        }
        catch (ProviderUnavailableException away)
        {
            LogLocalOnly(away.Message);
            return startPage;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Signed out here only, the provider is away: {Reason}")]
    private partial void LogLocalOnly(string reason);
}

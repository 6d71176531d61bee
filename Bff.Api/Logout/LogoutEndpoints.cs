using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Provider;
using Platform.Bff.Session;
using Platform.ServiceDefaults.Telemetry;
using Platform.Sessions;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Logout;

/// <summary>Ends the session here and says where to end it at the provider (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed partial class LogoutEndpoints(
    ISessions sessions,
    RefreshTokenRevocation refreshTokens,
    OpenIdProviders providers,
    PublicOrigins origins,
    IOptions<BffOptions> bff,
    ILogger<LogoutEndpoints> logger)
{
    internal sealed record View(string LogoutUrl);

    public async Task<IResult> Logout(HttpContext http, CancellationToken cancellationToken)
    {
        LiveSession? session = null;
        if (SessionCookie.Read(http.Request) is { } handle)
        {
            session = await sessions.ReadAsync(handle, cancellationToken);
            ProtocolSpan.Join("logout", session?.Record.SessionId);
            if (session is not null && await sessions.EndByKeyAsync(session.Key, cancellationToken))
            {
                BffTelemetry.CountEnded("logout");
            }

            SessionCookie.Delete(http);
            if (session is not null)
            {
                await refreshTokens.RevokeAsync(session);
            }
        }

        return TypedResults.Ok(new View(await LogoutUrlAsync(http.Request, session, cancellationToken)));
    }

    // Signing out here must not fail because the provider is away.
    private async Task<string> LogoutUrlAsync(HttpRequest request, LiveSession? session, CancellationToken cancellationToken)
    {
        var startPage = $"{origins.Of(request) ?? bff.Value.Origin}/";
        var provider = session is null ? providers.Default : providers.OfIssuer(session.Record.Issuer) ?? providers.Default;
        try
        {
            var metadata = await provider.GetMetadataAsync(cancellationToken);
            return metadata.EndSessionEndpoint is { } endpoint
                ? QueryHelpers.AddQueryString(endpoint.AbsoluteUri, new Dictionary<string, string?>
                {
                    ["id_token_hint"] = session?.Tokens.IdToken,
                    ["client_id"] = provider.Options.ClientId,
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

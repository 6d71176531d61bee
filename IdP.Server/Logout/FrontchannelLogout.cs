using Microsoft.Extensions.Options;

namespace Platform.IdP.Logout;

/// <summary>Which pages to load after a session has ended (OpenID Connect Front-Channel Logout 1.0 section 2).</summary>
internal sealed class FrontchannelLogout(SessionClients sessionClients, IOptions<IdpOptions> options)
{
    public async Task<IReadOnlyList<LogoutFrame>> FramesAsync(string sessionId) =>
    [
        .. (await sessionClients.ListAsync(sessionId))
            .Where(client => client.FrontchannelLogoutUri is not null)
            .Select(client => new LogoutFrame(Address(client.FrontchannelLogoutUri!, sessionId), client.Name)),
    ];

    // iss and sid for all of them, although not all require it: what a client does not know it leaves alone.
    private Uri Address(Uri registered, string sessionId)
    {
        var separator = registered.Query.Length == 0 ? '?' : '&';
        return new Uri($"{registered.AbsoluteUri}{separator}iss={Uri.EscapeDataString(options.Value.Issuer)}&sid={Uri.EscapeDataString(sessionId)}");
    }
}

using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Limits;

namespace Platform.IdP.Clients;

/// <summary>
/// Bounds what one client costs, in this process. Only a client that has proved who it is: else anybody could use up what
/// another may ask.
/// </summary>
internal sealed class ClientLimit(IOptions<LimitOptions> options, TimeProvider clock)
{
    private readonly RequestLimit<string> _limit = new(options.Value.PerClient, options.Value.Window, clock);

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(Client client, RequestParameters parameters)
    {
        // RFC 8628 section 3.5, CIBA Core section 11: who polls is slowed down by slow_down, and by nothing else.
        if (client.IsPublic || parameters["grant_type"] is GrantTypes.DeviceCode or GrantTypes.Ciba)
            return null;

        return _limit.TryPass(client.Id);
    }
}

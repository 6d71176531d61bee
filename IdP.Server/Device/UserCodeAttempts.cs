using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Device;

/// <summary>Limits wrong user codes per person and per address (RFC 8628 section 5.1).</summary>
internal sealed class UserCodeAttempts(AttemptCounters counters, IOptions<DeviceOptions> options)
{
    private readonly DeviceOptions _limits = options.Value;

    /// <summary>Counts an attempt; false when there were too many.</summary>
    public Task<bool> TryBeginAsync(SsoSession session, IPAddress? address) => counters.TryBeginAsync(_limits.Window,
        (User(session), _limits.WrongCodesPerUser), (Address(address), _limits.WrongCodesPerAddress));

    /// <summary>The code was right.</summary>
    public Task GiveBackAsync(SsoSession session, IPAddress? address) =>
        counters.GiveBackAsync(User(session), Address(address));

    private static string User(SsoSession session) => $"idp:device-attempts:user:{session.Subject}";

    private static string Address(IPAddress? address) => $"idp:device-attempts:address:{address}";
}

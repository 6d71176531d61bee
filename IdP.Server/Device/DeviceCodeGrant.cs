using Microsoft.Extensions.Options;

namespace Platform.IdP.Device;

/// <summary>RFC 8628 section 3.4.</summary>
internal sealed class DeviceCodeGrant(
    DeviceRequestStore requests, AuthorizationGrantStore grants, UserDirectory users, TokenIssuer issuer,
    IOptions<DeviceOptions> options, TimeProvider clock) : CrossDeviceGrant(requests, grants, users, issuer, clock)
{
    public override string GrantType => GrantTypes.DeviceCode;

    protected override string HandleParameter => "device_code";

    protected override TimeSpan Interval => options.Value.Interval;
}

using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

namespace Platform.IdP.Device;

/// <summary>RFC 8628 section 3.4.</summary>
internal sealed class DeviceCodeGrant(
    DeviceRequestStore requests, AuthorizationGrantStore grants, UserDirectory users, AccessTokenTargets targets,
    TokenIssuer issuer, IOptions<DeviceOptions> options, TimeProvider clock) : CrossDeviceGrant(requests, grants, users, targets, issuer, clock)
{
    public override string GrantType => GrantTypes.DeviceCode;

    protected override string HandleParameter => "device_code";

    protected override TimeSpan Interval => options.Value.Interval;
}

using Microsoft.Extensions.Options;
using Platform.IdP.Resources;

namespace Platform.IdP.Ciba;

/// <summary>CIBA Core section 10.1, for poll and ping.</summary>
internal sealed class CibaGrant(
    CibaRequestStore requests, AuthorizationGrantStore grants, UserDirectory users, AccessTokenTargets targets,
    TokenIssuer issuer, IOptions<CibaOptions> options, TimeProvider clock) : CrossDeviceGrant(requests, grants, users, targets, issuer, clock)
{
    public override string GrantType => GrantTypes.Ciba;

    protected override string HandleParameter => "auth_req_id";

    protected override TimeSpan Interval => options.Value.Interval;
}

using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Platform.IdP.SenderConstraint;

/// <summary>The nonces of this server: those of the authorization server are no good at its resources, nor the reverse.</summary>
internal sealed class ServerNonces(IDataProtectionProvider protection, IOptions<DPoPOptions> options, TimeProvider clock)
{
    public const string Header = "DPoP-Nonce";

    public bool AreRequired { get; } = options.Value.RequireNonce;

    /// <summary>RFC 9449 section 8.</summary>
    public NonceSeries AuthorizationServer { get; } = new(protection.CreateProtector("DPoP nonces of the authorization server"), clock);

    /// <summary>RFC 9449 section 9.</summary>
    public NonceSeries Resources { get; } = new(protection.CreateProtector("DPoP nonces of the resources"), clock);
}

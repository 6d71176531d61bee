namespace Platform.Tokens.Jose;

/// <summary>
/// The signature algorithms of the platform. Nothing else can be named: neither <c>none</c> nor an HMAC, so that
/// no key can ever be talked into one (RFC 8725 section 3.1).
/// </summary>
public enum JwsAlgorithm
{
    /// <summary>ECDSA with P-256 and SHA-256 (RFC 7518 section 3.4).</summary>
    ES256,

    /// <summary>RSASSA-PSS with SHA-256 and MGF1 with SHA-256 (RFC 7518 section 3.5).</summary>
    PS256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3).</summary>
    RS256,
}

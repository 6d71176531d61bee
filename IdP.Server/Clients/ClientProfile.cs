namespace Platform.IdP.Clients;

/// <summary>Which security profile a client is held to.</summary>
internal enum ClientProfile
{
    /// <summary>OAuth 2.0 with the best current practice (RFC 9700) and OpenID Connect.</summary>
    Baseline,

    /// <summary>FAPI 2.0 Security Profile: pushed requests, client keys, sender-constrained tokens.</summary>
    Fapi2,

    /// <summary>FAPI 2.0 Message Signing on top: signed requests and responses.</summary>
    Fapi2MessageSigning,
}

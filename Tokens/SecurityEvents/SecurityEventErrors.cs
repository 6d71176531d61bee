namespace Platform.Tokens.SecurityEvents;

/// <summary>What a receiver answers for a SET that it does not take (RFC 8935 section 2.4).</summary>
public static class SecurityEventErrors
{
    /// <summary>The token cannot be read, or says something that it may not.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>It is signed by no key of its issuer.</summary>
    public const string InvalidKey = "invalid_key";

    /// <summary>Its issuer is none that is trusted here.</summary>
    public const string InvalidIssuer = "invalid_issuer";

    /// <summary>It is for somebody else.</summary>
    public const string InvalidAudience = "invalid_audience";

    /// <summary>The transmitter did not show who it is.</summary>
    public const string AuthenticationFailed = "authentication_failed";

    /// <summary>The transmitter may not say this here.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>The state of a verification is not the one that was asked for (SSF 1.0 section 8.1.4.1).</summary>
    public const string InvalidState = "invalid_state";
}

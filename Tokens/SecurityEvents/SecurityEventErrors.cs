namespace Platform.Tokens.SecurityEvents;

/// <summary>RFC 8935 section 2.4.</summary>
internal static class SecurityEventErrors
{
    public const string InvalidRequest = "invalid_request";
    public const string InvalidKey = "invalid_key";
    public const string InvalidIssuer = "invalid_issuer";
    public const string InvalidAudience = "invalid_audience";
}

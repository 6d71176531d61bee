namespace Platform.IdP.Protocol;

/// <summary>Refuses what clients ask: the error is for the caller, the reason for the log.</summary>
internal sealed partial class Refusals(ILogger<Refusals> logger)
{
    /// <param name="endpoint">Its name in the log and in the metrics.</param>
    /// <param name="clientId">Null: it is not known who asks.</param>
    /// <param name="reason">Where it is more than what the caller is told.</param>
    /// <param name="grantType">One that exists here: what a caller makes up is no name for a series.</param>
    /// <param name="status">Where it is not the usual one of the error.</param>
    public OAuthError Refuse(
        string endpoint, string? clientId, string error, string description, string? reason = null, string? grantType = null,
        int? status = null)
    {
        LogRefused(endpoint, clientId ?? "unknown", error, reason ?? description);
        ProtocolSpan.Refused(error, reason ?? description);
        IdpTelemetry.Refusals.Add(1, new("endpoint", endpoint), new("error", error), new("grant", grantType ?? "none"));
        return new OAuthError(error, description, status);
    }

    public OAuthError Refuse(string endpoint, ClientCheck.Refused refused)
    {
        // RFC 6585 section 4
        int? status = refused.RetryAfter is null ? null : StatusCodes.Status429TooManyRequests;
        return Refuse(endpoint, null, refused.Error, refused.Description, refused.Reason, status: status) with { RetryAfter = refused.RetryAfter };
    }

    [LoggerMessage(LogLevel.Information, "A {Endpoint} request of {ClientId} was refused, {Error}: {Reason}")]
    private partial void LogRefused(string endpoint, string clientId, string error, string reason);
}

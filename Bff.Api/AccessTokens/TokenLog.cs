using Platform.ServiceDefaults.Telemetry;

namespace Platform.Bff.AccessTokens;

/// <summary>Tells operators of each attempt to get an access token; why there is none is for them alone.</summary>
internal sealed partial class TokenLog(ILogger<TokenLog> logger)
{
    public void Record(TokenAnswer answer)
    {
        var (outcome, reason) = answer switch
        {
            TokenAnswer.Over over => ("session_over", over.Reason),
            TokenAnswer.Refused refused => ("refused", refused.Reason),
            TokenAnswer.Unavailable away => ("unavailable", away.Reason),
            _ => ("valid", null),
        };
        BffTelemetry.CountRefresh(outcome);
        if (reason is not null)
        {
            LogNone(outcome, reason);
            ProtocolSpan.Refused($"no_access_token_{outcome}", reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "There is no access token for a call ({Outcome}): {Reason}")]
    private partial void LogNone(string outcome, string reason);
}

namespace Platform.IdP.Ciba;

/// <summary>A decision by the person herself, or by the operator's own means of asking her.</summary>
internal sealed partial class CibaDecisions(
    CibaRequestStore requests, AuthenticationClasses classes, PingQueue queue, PingSender pings, TimeProvider clock,
    AuditLog audit, ILogger<CibaDecisions> logger)
{
    /// <summary>False when it was decided before.</summary>
    public Task<bool> DecideAsync(CrossDeviceRequest request, SsoSession session, bool allow) =>
        DecideAsync(request, allow ? CrossDeviceGrants.By(session, request) : null, "the user");

    /// <summary>The operator answers for the authentication, which is taken to have happened now, as it was asked for.</summary>
    public Task<bool> DecideForUserAsync(CrossDeviceRequest request, bool allow, string by)
    {
        var asked = request.AuthenticationClasses.FirstOrDefault(classes.All.Contains);
        return DecideAsync(
            request, allow ? CrossDeviceGrants.ByOperator(request, request.Subject!, asked, clock.GetUtcNow()) : null, by);
    }

    private async Task<bool> DecideAsync(CrossDeviceRequest request, AuthorizationGrant? grant, string by)
    {
        // CIBA Core section 10.2: a denial is told as well. It is written down together with the decision, so that neither
        // is there without the other.
        var ping = request.Ping is { } target ? new PingNotification(request.Id, request.ClientId, target) : null;
        if (!await requests.DecideAsync(
            request, new CrossDeviceDecision(grant), ping is null ? null : queue.EntryOf(ping, PingQueue.Lease)))
        {
            return false;
        }

        if (grant is null)
        {
            audit.ConsentDenied(request.Subject!, request.ClientId);
        }
        else
        {
            audit.ConsentGranted(request.Subject!, request.ClientId, request.Scopes);
        }

        LogDecided(request.ClientId, request.Subject!, grant is null ? "denied" : "allowed", by);
        if (ping is not null)
        {
            _ = pings.SendAsync(ping);
        }

        return true;
    }

    [LoggerMessage(LogLevel.Information, "The authentication of {Subject} for {ClientId} was {Decision} by {By}.")]
    private partial void LogDecided(string clientId, string subject, string decision, string by);
}

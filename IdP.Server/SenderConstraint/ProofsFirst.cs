namespace Platform.IdP.SenderConstraint;

/// <summary>
/// Sends a request whose proof is not valid, or lacks the nonce, back before its endpoint uses anything up: the client may
/// repeat it with the same code (RFC 9449 section 8).
/// </summary>
internal sealed partial class ProofsFirst(SenderConstraints senders, ILogger<ProofsFirst> logger) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (senders.Receive(context.HttpContext) is not ProofCheck.Refused refused)
            return next(context);

        LogRefused(refused.Error, refused.Reason);
        ProtocolSpan.Refused(refused.Error, refused.Reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "proof"), new("error", refused.Error));
        return ValueTask.FromResult<object?>(new OAuthError(refused.Error, refused.Description));
    }

    [LoggerMessage(LogLevel.Information, "A DPoP proof was refused, {Error}: {Reason}.")]
    private partial void LogRefused(string error, string reason);
}

namespace Platform.IdP.Token;

/// <summary>The token endpoint (RFC 6749 section 3.2): who asks, with which grant, then the grant itself.</summary>
internal sealed partial class TokenEndpoint(
    ClientAuthenticator authenticator, SenderConstraints senders, IEnumerable<IGrant> grants, ILogger<TokenEndpoint> logger)
{
    private readonly Dictionary<string, IGrant> _grants = grants.ToDictionary(grant => grant.GrantType, StringComparer.Ordinal);

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 6749 section 3.2: a form, no parameter twice.
        var form = await RequestParameters.FromFormAsync(request, cancellationToken);
        if (form is ParametersCheck.Refused unreadable)
            return Refuse("unknown", null, "invalid_request", $"Malformed: {unreadable.Description}.", unreadable.Description);

        var parameters = ((ParametersCheck.Valid)form).Parameters;

        // RFC 6749 section 3.2.1
        var authentication = await authenticator.AuthenticateAsync(request, parameters, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
        {
            Record("unknown", null, unauthenticated.Error, unauthenticated.Reason);
            return unauthenticated.ToResult();
        }

        var client = ((ClientCheck.Valid)authentication).Client;

        // RFC 6749 section 5.2
        if (parameters["grant_type"] is not { } grantType)
            return Refuse(client.Id, null, "invalid_request", "grant_type is missing.", "grant_type is missing");
        if (!_grants.TryGetValue(grantType, out var grant))
            return Refuse(client.Id, null, "unsupported_grant_type", "This grant_type is not supported.", "unknown grant_type");
        if (!client.Grants.Contains(grantType))
            return Refuse(client.Id, grantType, "unauthorized_client", "This client may not use this grant_type.", grantType);

        // RFC 9449 section 5, RFC 8705 section 3
        var sender = await senders.CheckAsync(request.HttpContext, client, cancellationToken);
        if (sender is SenderCheck.Refused unproven)
            return Refuse(client.Id, grantType, unproven.Error, unproven.Description, unproven.Reason);

        var confirmation = ((SenderCheck.Valid)sender).Confirmation;
        switch (await grant.ExchangeAsync(new TokenRequest(client, parameters, confirmation), cancellationToken))
        {
            case TokenCheck.Issued issued:
                LogIssued(client.Id, grantType);
                IdpTelemetry.TokensIssued.Add(1, new KeyValuePair<string, object?>("grant", grantType));
                return issued.Response;
            case TokenCheck.Refused refused:
                return Refuse(client.Id, grantType, refused.Error, refused.Description, refused.Reason);
            default:
                throw new InvalidOperationException();
        }
    }

    private OAuthError Refuse(string clientId, string? grantType, string error, string description, string reason)
    {
        Record(clientId, grantType, error, reason);
        return new OAuthError(error, description);
    }

    // Only grant types that exist here: what a caller makes up is no name for a series.
    private void Record(string clientId, string? grantType, string error, string reason)
    {
        LogRefused(clientId, error, reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "token"), new("error", error), new("grant", grantType ?? "none"));
    }

    [LoggerMessage(LogLevel.Information, "Tokens were issued to {ClientId} by {GrantType}.")]
    private partial void LogIssued(string clientId, string grantType);

    [LoggerMessage(LogLevel.Information, "A token request of {ClientId} was refused, {Error}: {Reason}.")]
    private partial void LogRefused(string clientId, string error, string reason);
}

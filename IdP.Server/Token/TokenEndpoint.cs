namespace Platform.IdP.Token;

/// <summary>The token endpoint (RFC 6749 section 3.2): who asks, with which grant, then the grant itself.</summary>
internal sealed class TokenEndpoint(
    ClientAuthenticator authenticator, SenderConstraints senders, IEnumerable<IGrant> grants, Refusals refusals,
    AuditLog audit)
{
    private const string Name = "token";
    private readonly Dictionary<string, IGrant> _grants = grants.ToDictionary(grant => grant.GrantType, StringComparer.Ordinal);

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 6749 sections 3.2 and 3.2.1
        var authentication = await authenticator.AuthenticateAsync(request, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
        {
            audit.TokenRefused(grantType: null, clientId: null, unauthenticated.Error, unauthenticated.Reason);
            return refusals.Refuse(Name, unauthenticated);
        }

        var (client, parameters) = (ClientCheck.Valid)authentication;

        // RFC 6749 section 5.2
        if (parameters["grant_type"] is not { } grantType)
            return Refuse(client, null, "invalid_request", "grant_type is missing.");
        if (!_grants.TryGetValue(grantType, out var grant))
            return Refuse(client, null, "unsupported_grant_type", "This grant_type is not supported.");
        if (!client.Grants.Contains(grantType))
            return Refuse(client, grantType, "unauthorized_client", "This client may not use this grant_type.");

        // RFC 9449 section 5, RFC 8705 section 3
        var sender = await senders.CheckAsync(request.HttpContext, client, cancellationToken);
        if (sender is SenderCheck.Refused unproven)
            return Refuse(client, grantType, unproven.Error, unproven.Description, unproven.Reason);

        var confirmation = ((SenderCheck.Valid)sender).Confirmation;
        switch (await grant.ExchangeAsync(new TokenRequest(client, parameters, confirmation), cancellationToken))
        {
            case TokenCheck.Issued issued:
                audit.TokenIssued(grantType, issued.Response);
                IdpTelemetry.TokensIssued.Add(1, new KeyValuePair<string, object?>("grant", grantType));
                return issued.Response;
            case TokenCheck.Refused refused:
                return Refuse(client, grantType, refused.Error, refused.Description, refused.Reason);
            default:
                throw new InvalidOperationException();
        }
    }

    private OAuthError Refuse(Client client, string? grantType, string error, string description, string? reason = null)
    {
        audit.TokenRefused(grantType, client.Id, error, reason ?? description);
        return refusals.Refuse(Name, client.Id, error, description, reason, grantType);
    }
}

using Platform.IdP.Resources;

namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 4.4: the client acts for itself. No refresh token, no user, no scope about a user.</summary>
internal sealed class ClientCredentialsGrant(
    ResourceRegistry resources, AuthorizationDetailsPolicy policy, AccessTokenTargets targets, TokenIssuer issuer) : IGrant
{
    public string GrantType => GrantTypes.ClientCredentials;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var (client, parameters) = (request.Client, request.Parameters);

        // RFC 9396 section 6: what the client is registered for needs nobody's consent here.
        var details = parameters["authorization_details"];
        if (details is not null && policy.Check(details, client) is AuthorizationDetailsCheck.Refused unfit)
            return new TokenCheck.Refused("invalid_authorization_details", unfit.Description, unfit.Description);

        // RFC 6749 section 3.3: without scope, all that the client may have.
        var scopes = parameters["scope"] is { } asked
            ? asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray()
            : [.. client.Scopes.Where(resources.IsOfResource)];
        if (scopes.Length == 0 && details is null)
            return new TokenCheck.Refused("invalid_scope", "There is no scope that the client may have.", "no scope");
        if (!Array.TrueForAll(scopes, scope => resources.IsOfResource(scope) && client.Scopes.Contains(scope)))
            return new TokenCheck.Refused(
                "invalid_scope", "The client may not ask for one of these scopes.", "scope is not allowed");

        // RFC 8707 section 2.2
        var target = targets.Narrow(parameters, client, scopes, resources: [], details);
        if (target is not TargetCheck.Valid allowed)
            return ((TargetCheck.Refused)target).ToTokenCheck();

        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = client,
            Scopes = allowed.Scopes,
            Audiences = allowed.Audiences,
            AuthorizationDetails = allowed.AuthorizationDetails,
            Confirmation = request.Confirmation,
        }));
    }
}

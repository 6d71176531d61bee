using Platform.IdP.Resources;

namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 4.4: the client acts for itself. No refresh token, no user, no scope about a user.</summary>
internal sealed class ClientCredentialsGrant(ResourceRegistry resources, AccessTokenTargets targets, TokenIssuer issuer) : IGrant
{
    public string GrantType => GrantTypes.ClientCredentials;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var (client, parameters) = (request.Client, request.Parameters);

        // RFC 6749 section 3.3: without scope, all that the client may have.
        var scopes = parameters["scope"] is { } asked
            ? asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray()
            : [.. client.Scopes.Where(resources.IsOfResource)];
        if (scopes.Length == 0 || !Array.TrueForAll(scopes, scope => resources.IsOfResource(scope) && client.Scopes.Contains(scope)))
            return new TokenCheck.Refused(
                "invalid_scope", "The client may not ask for one of these scopes.", "scope is not allowed");

        // RFC 8707 section 2.2
        var target = targets.Narrow(parameters, scopes, resources: [], hasDetails: false);
        if (target is not TargetCheck.Valid (var allowed, var audiences))
            return ((TargetCheck.Refused)target).ToTokenCheck();

        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = client,
            Scopes = allowed,
            Audiences = audiences,
            Confirmation = request.Confirmation,
        }));
    }
}

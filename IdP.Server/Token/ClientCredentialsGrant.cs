namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 4.4: the client acts for itself. No refresh token, no user, no scope about a user.</summary>
internal sealed class ClientCredentialsGrant(TokenIssuer issuer) : IGrant
{
    private static readonly string[] AboutUsers = ["openid", "profile", "email", "offline_access"];

    public string GrantType => GrantTypes.ClientCredentials;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        // RFC 6749 section 3.3: without scope, all that the client may have.
        var allowed = request.Client.Scopes.Except(AboutUsers).ToArray();
        var scopes = request.Parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray()
            ?? allowed;
        if (scopes.Length == 0 || scopes.Except(allowed).Any())
            return new TokenCheck.Refused(
                "invalid_scope", "The client may not ask for one of these scopes.", "scope is not allowed");

        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = request.Client,
            Scopes = scopes,
            Confirmation = request.Confirmation,
        }));
    }
}

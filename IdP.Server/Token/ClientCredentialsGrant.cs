namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 4.4: the client acts for itself. No refresh token, no user, no scope about a user.</summary>
internal sealed class ClientCredentialsGrant(TokenIssuer issuer) : IGrant
{
    private static readonly string[] AboutUsers = ["openid", "profile", "email"];

    public string GrantType => GrantTypes.ClientCredentials;

    public Task<TokenCheck> ExchangeAsync(
        Client client, RequestParameters parameters, CancellationToken cancellationToken) =>
        Task.FromResult(Exchange(client, parameters));

    private TokenCheck Exchange(Client client, RequestParameters parameters)
    {
        // RFC 6749 section 3.3: without scope, all that the client may have.
        var allowed = client.Scopes.Except(AboutUsers).ToArray();
        var scopes = parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? allowed;
        if (scopes.Length == 0 || scopes.Except(allowed).Any())
            return new TokenCheck.Refused(
                "invalid_scope", "The client may not ask for one of these scopes.", "scope is not allowed");

        var accessToken = issuer.AccessToken(client, client.Id, scopes, Handle.New(), sessionId: null);
        return new TokenCheck.Issued(issuer.Response(accessToken, scopes));
    }
}

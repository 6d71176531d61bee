namespace Platform.IdP.Token;

/// <summary>A grant type of the token endpoint; the client is authenticated and may use it.</summary>
internal interface IGrant
{
    string GrantType { get; }

    Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken);
}

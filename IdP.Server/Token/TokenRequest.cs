using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Token;

/// <summary>A request at the token endpoint whose client is authenticated and may use the grant.</summary>
/// <param name="Confirmation">The key that the client showed to hold; its tokens are bound to it.</param>
internal sealed record TokenRequest(Client Client, RequestParameters Parameters, Confirmation? Confirmation);

namespace Platform.Tokens.DPoP;

/// <summary>
/// A valid DPoP proof (RFC 9449 section 4.2). Whether its nonce is a recent one of the server, and whether its
/// <paramref name="Id"/> was used before, is for the receiver to say, who remembers both.
/// </summary>
/// <param name="Thumbprint">The RFC 7638 thumbprint of the key: the <c>jkt</c> of what is bound to it.</param>
/// <param name="Id"><c>jti</c>.</param>
/// <param name="IssuedAt"><c>iat</c>.</param>
/// <param name="Nonce">The server's nonce, if the proof has one.</param>
/// <param name="AccessTokenHash"><c>ath</c>, if the proof has one.</param>
public sealed record DPoPProof(
    string Thumbprint, string Id, DateTimeOffset IssuedAt, string? Nonce, string? AccessTokenHash);

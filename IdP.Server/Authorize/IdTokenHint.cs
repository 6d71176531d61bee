using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Authorize;

/// <summary>
/// id_token_hint (OpenID Connect Core section 3.1.2.1): an ID token that this server issued to this client. It may have
/// expired: it says who is meant, and proves nothing.
/// </summary>
internal sealed class IdTokenHint(SigningKeys keys, IOptions<IdpOptions> options)
{
    private static readonly JwsRules Rules = new(["JWT"], Enum.GetValues<JwsAlgorithm>());

    /// <summary>The sub, as the client knows it; null when the hint is none.</summary>
    public string? FindSubject(string hint, Client client) =>
        keys.Verify(hint, Rules) is JwsCheck.Valid { Payload: var claims } &&
        Text(claims, "iss") == options.Value.Issuer &&
        Text(claims, "aud") == client.Id
            ? Text(claims, "sub")
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

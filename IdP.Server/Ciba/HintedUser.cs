using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Ciba;

/// <summary>Whom a client means: by user name, or by an ID token that it was issued.</summary>
internal sealed class HintedUser(UserDirectory users, SigningKeys keys, IOptions<IdpOptions> options)
{
    private static readonly JwsRules IdToken = new(["JWT"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256, JwsAlgorithm.RS256]);

    public User? Find(RequestParameters parameters, Client client) => parameters["login_hint"] is { } name
        ? users.FindByUserName(name)
        : parameters["id_token_hint"] is { } hint && SubjectOf(hint, client) is { } subject
            ? users.FindBySubject(subject)
            : null;

    // CIBA Core section 7.1: of this server, for this client; it may have expired.
    private string? SubjectOf(string hint, Client client) =>
        Jws.Verify(hint, keys.Published, IdToken) is JwsCheck.Valid { Payload: var claims } &&
        Text(claims, "iss") == options.Value.Issuer && Text(claims, "aud") == client.Id
            ? Text(claims, "sub")
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

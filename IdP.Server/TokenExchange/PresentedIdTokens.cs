using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.TokenExchange;

/// <summary>
/// Checks an ID token that a client presents about its own user (RFC 8693 section 3): ours, issued to this client, and its
/// grant in force. It stands for what the person granted, and for nothing else.
/// </summary>
internal sealed class PresentedIdTokens(
    SigningKeys keys, AuthorizationGrantStore grants, UserDirectory users, SubjectIdentifiers subjects, ResourceRegistry resources,
    IOptions<IdpOptions> options, TimeProvider clock)
{
    private static readonly JwsRules Signature = new(["JWT"], Enum.GetValues<JwsAlgorithm>());

    public async Task<PresentedCheck> CheckAsync(string token, Client client)
    {
        if (keys.Verify(token, Signature) is not JwsCheck.Valid { Payload: var claims } ||
            Text(claims, "iss") != options.Value.Issuer)
            return new PresentedCheck.Refused("it is no ID token of this provider");

        // Whoever else holds it was shown it, and may not act on it.
        if (Text(claims, "aud") != client.Id)
            return new PresentedCheck.Refused("it was issued to another client");

        // No key binds it: only a client that authenticates shows that it did not find it somewhere.
        if (client.IsPublic)
            return new PresentedCheck.Refused("the client does not authenticate");

        // Unlike a hint, it is a proof, which ends.
        if (!claims.TryGetProperty("exp", out var expiry) || !expiry.TryGetInt64(out var seconds) ||
            DateTimeOffset.FromUnixTimeSeconds(seconds) <= clock.GetUtcNow())
            return new PresentedCheck.Refused("it has expired");
        if (Text(claims, "grant_id") is not { } grantId || Text(claims, "sub") is not { } subject)
            return new PresentedCheck.Refused("it names no grant");
        if (await grants.FindAsync(grantId) is not { } grant || grant.ClientId != client.Id)
            return new PresentedCheck.Refused("its session or grant has ended");
        if (!subjects.Matches(client, grant.Subject, subject))
            return new PresentedCheck.Refused("it is about another person than its grant");
        if (users.FindBySubject(grant.Subject) is null)
            return new PresentedCheck.Refused("its user is gone");

        return new PresentedCheck.Valid(new AcceptedToken(client.Id, [], Scopes(grant), grant, claims));
    }

    // RFC 8707 section 2.2: where the person granted access to single resources, to those.
    private IReadOnlyList<string> Scopes(AuthorizationGrant grant) => grant.Resources.Count == 0
        ? grant.Scopes
        : [.. grant.Scopes.Where(scope => grant.Resources.Contains(resources.AudienceOf(scope)))];

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

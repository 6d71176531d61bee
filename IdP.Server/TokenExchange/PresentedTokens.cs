using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Jose;

namespace Platform.IdP.TokenExchange;

/// <summary>Checks the tokens that a client presents (RFC 8693 section 2.1): ours, in force, and its holder's.</summary>
internal sealed class PresentedTokens(
    SigningKeys keys, AuthorizationGrantStore grants, UserDirectory users, IOptions<IdpOptions> options, TimeProvider clock)
{
    // RFC 9068 section 2.1: the type keeps ID tokens and every other JWT of ours out.
    private static readonly JwsRules AccessToken = new(["at+jwt"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256]);

    public async Task<PresentedCheck> CheckAsync(string token, Confirmation? confirmation)
    {
        if (Jws.Verify(token, keys.Published, AccessToken) is not JwsCheck.Valid { Payload: var claims } ||
            Text(claims, "iss") != options.Value.Issuer)
            return new PresentedCheck.Refused("it is no access token of this server");
        if (!claims.TryGetProperty("exp", out var expiry) || !expiry.TryGetInt64(out var expires) ||
            clock.GetUtcNow().ToUnixTimeSeconds() >= expires)
            return new PresentedCheck.Refused("it has expired");

        // RFC 9449 section 7, RFC 8705 section 3: who presents it holds its key.
        if (claims.TryGetProperty("cnf", out var bound) && !IsHeld(bound, confirmation))
            return new PresentedCheck.Refused("it is bound to a key that was not shown");

        // A token about a person dies with her grant.
        var grant = Text(claims, "grant_id") is { } id ? await grants.FindAsync(id) : null;
        if (claims.TryGetProperty("grant_id", out _) && (grant is null || users.FindBySubject(grant.Subject) is null))
            return new PresentedCheck.Refused("its grant, its session or its user has ended");

        return new PresentedCheck.Valid(new AcceptedToken(
            Text(claims, "client_id") ?? "", Texts(claims, "aud"),
            Text(claims, "scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [], grant, claims));
    }

    private static bool IsHeld(JsonElement bound, Confirmation? confirmation) =>
        bound.ValueKind is JsonValueKind.Object && bound.EnumerateObject().All(member => member.Name switch
        {
            "jkt" => confirmation?.KeyThumbprint is { } key && member.Value.ValueEquals(key),
            "x5t#S256" => confirmation?.CertificateThumbprint is { } certificate && member.Value.ValueEquals(certificate),
            _ => false,
        });

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement claims, string name) => Text(claims, name) is { } one
        ? [one]
        : claims.TryGetProperty(name, out var list) ? ReceivedJson.Texts(list) ?? [] : [];
}

/// <summary>A token that was accepted.</summary>
/// <param name="Grant">Null: a client's own.</param>
internal sealed record AcceptedToken(
    string ClientId, IReadOnlyList<string> Audiences, IReadOnlyList<string> Scopes, AuthorizationGrant? Grant, JsonElement Claims)
{
    public string Subject => Claims.GetProperty("sub").GetString()!;
}

internal abstract record PresentedCheck
{
    public sealed record Valid(AcceptedToken Token) : PresentedCheck;

    /// <param name="Reason">For the log.</param>
    public sealed record Refused(string Reason) : PresentedCheck;
}

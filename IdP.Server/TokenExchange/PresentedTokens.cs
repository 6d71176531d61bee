using System.Text.Json;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.TokenExchange;

/// <summary>Checks the tokens that a client presents (RFC 8693 section 2.1): ours, in force, and its holder's.</summary>
internal sealed class PresentedTokens(IssuedAccessTokens accessTokens, UserDirectory users)
{
    public async Task<PresentedCheck> CheckAsync(string token, Confirmation? confirmation)
    {
        var found = await accessTokens.FindAsync(token);
        if (found is not AccessTokenState.Active(var claims, var grant))
            return new PresentedCheck.Refused(((AccessTokenState.Inactive)found).Reason);

        // RFC 9449 section 7, RFC 8705 section 3: who presents it holds its key.
        if (claims.TryGetProperty("cnf", out var bound) && !IsHeld(bound, confirmation))
            return new PresentedCheck.Refused("it is bound to a key that was not shown");

        if (grant is not null && users.FindBySubject(grant.Subject) is null)
            return new PresentedCheck.Refused("its user is gone");

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

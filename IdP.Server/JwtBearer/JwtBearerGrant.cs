using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.AuthorizationGrants;

namespace Platform.IdP.JwtBearer;

/// <summary>
/// RFC 7523 section 2.1: a trusted issuer says who the person is. The grant has no browser session behind it and lives as
/// long as its access token; there is no refresh token, the client can get another assertion (RFC 7521 section 4.1).
/// </summary>
internal sealed class JwtBearerGrant(
    TrustedIssuers issuers, IssuerKeys keys, UsedIds used, UserDirectory users, AuthorizationGrantStore grants,
    TokenIssuer tokens, IOptions<IdpOptions> options, TimeProvider clock) : IGrant
{
    public string GrantType => GrantTypes.JwtBearer;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameters["assertion"] is not { } assertion)
            return new TokenCheck.Refused("invalid_request", "assertion is missing.", "assertion is missing");
        if (PeekIssuer(assertion) is not { } name || issuers.Find(name) is not { } issuer)
            return InvalidGrant("its issuer is not trusted");
        if (!issuer.Clients.Contains(request.Client.Id, StringComparer.Ordinal))
            return InvalidGrant("this client may not present assertions of its issuer");

        // RFC 7523 section 3
        var check = await VerifyAsync(assertion, issuer, cancellationToken);
        if (check is not AuthorizationGrantCheck.Valid valid)
            return InvalidGrant(check is AuthorizationGrantCheck.Refused refused ? refused.Reason : "its key is not one of the issuer's");
        if (Time(valid.Claims, "iat") is not { } issuedAt)
            return InvalidGrant("the time of issue (iat) is missing");
        if (valid.Id is not { } id)
            return InvalidGrant("the assertion id (jti) is missing");

        if (Text(valid.Claims, issuer.SubjectClaim) is not { } subject ||
            (issuer.NamesUsers ? users.FindByUserName(subject) : users.FindBySubject(subject)) is not { } user)
            return InvalidGrant("it names nobody who is known here");

        // RFC 6749 section 3.3
        var allowed = issuer.Scopes.Intersect(request.Client.Scopes).ToArray();
        var scopes = request.Parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? allowed;
        if (scopes.Length == 0 || scopes.Except(allowed).Any())
            return new TokenCheck.Refused("invalid_scope", "The assertion does not allow one of these scopes.", "scope exceeds the trust");

        // Last, because nothing may be refused after the assertion is used up.
        if (!await used.TryUseAsync("jwt-bearer", issuer.Issuer, id, valid.ExpiresAt))
            return InvalidGrant("it was used before");

        var grant = new AuthorizationGrant
        {
            Id = Handle.New(),
            ClientId = request.Client.Id,
            Subject = user.Subject,
            Scopes = scopes,
            AuthenticatedAt = Time(valid.Claims, "auth_time") ?? issuedAt,
        };
        if (!await grants.SaveAsync(grant))
            return InvalidGrant("all that the user had was revoked after she signed in");

        return new TokenCheck.Issued(await tokens.IssueAsync(new Issuance
        {
            Client = request.Client,
            Grant = grant,
            Scopes = scopes,
            Confirmation = request.Confirmation,
        }));
    }

    private async Task<AuthorizationGrantCheck> VerifyAsync(string assertion, TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        var rules = new AuthorizationGrantRules(issuer.Issuer, options.Value.Issuer) { Algorithms = issuer.Algorithms };
        var check = AuthorizationGrantValidator.Check(
            assertion, await keys.FindAsync(issuer, cancellationToken), rules, clock.GetUtcNow());
        return check is AuthorizationGrantCheck.UnknownKey && issuer.KeysUri is not null
            ? AuthorizationGrantValidator.Check(assertion, await keys.RefreshAsync(issuer, cancellationToken), rules, clock.GetUtcNow())
            : check;
    }

    // Whose keys to look at; nothing is verified yet.
    private static string? PeekIssuer(string assertion) =>
        assertion.Split('.') is [_, var payload, _] && Base64Url.IsValid(payload) &&
        ReceivedJson.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)), JsonValueKind.Object) is { } claims
            ? Text(claims, "iss")
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number &&
        value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static TokenCheck.Refused InvalidGrant(string reason) =>
        new("invalid_grant", "The assertion is not valid, or not for this client.", reason);
}

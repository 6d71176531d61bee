using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Token;

/// <summary>Makes token responses: access token (RFC 9068), ID token, refresh token.</summary>
internal sealed class TokenIssuer(
    SigningKeys keys, ResourceRegistry resources, SubjectIdentifiers subjects, AccessTokenStore accessTokens, IdTokenIssuer idTokens,
    RefreshTokenStore refreshTokens, AuthorizationGrantStore authorizations, IOptions<IdpOptions> options, TimeProvider clock)
{
    private readonly IdpOptions _options = options.Value;

    public async Task<TokenResponse> IssueAsync(Issuance issuance)
    {
        var scope = string.Join(' ', issuance.Scopes);
        var subject = issuance.Grant is { } about ? subjects.For(issuance.Client, about.Subject) : issuance.Client.Id;
        var audiences = issuance.Audiences ?? resources.AudiencesOf(issuance.Scopes);
        var accessToken = await AccessTokenAsync(issuance, subject, audiences, scope);
        return new TokenResponse
        {
            ClientId = issuance.Client.Id,
            Subject = issuance.Grant?.Subject ?? issuance.Client.Id,
            Audiences = audiences,
            AccessToken = accessToken,
            TokenType = issuance.Confirmation?.KeyThumbprint is null ? "Bearer" : "DPoP",
            Lifetime = _options.Lifetimes.AccessToken,
            Scope = scope,
            IdToken = issuance is { WithIdToken: true, Grant: { } grant } ? idTokens.Issue(issuance, grant, accessToken) : null,
            RefreshToken = issuance.RefreshToken ?? await NewRefreshTokenAsync(issuance),
            IssuedTokenType = issuance.IssuedTokenType,
            AuthorizationDetails = issuance.AuthorizationDetails,
        };
    }

    private async ValueTask<string> AccessTokenAsync(
        Issuance issuance, string subject, IReadOnlyList<string> audiences, string scope)
    {
        var (client, now) = (issuance.Client, clock.GetUtcNow());
        var content = new AccessTokenContent(
            _options.Issuer, subject, audiences, Handle.New(), scope, now, now + _options.Lifetimes.AccessToken, issuance);
        var claims = new ArrayBufferWriter<byte>(initialCapacity: 512);
        AccessTokenWriter.Write(claims, content);
        if (client.UsesOpaqueAccessTokens)
            return await accessTokens.SaveAsync(claims.WrittenMemory, _options.Lifetimes.AccessToken);

        var start = Stopwatch.GetTimestamp();
        var token = Jws.Sign(keys.Tokens, "at+jwt", claims.WrittenSpan);
        IdpTelemetry.SigningDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return token;
    }

    // OpenID Connect Core section 11: for access in the person's absence.
    private async Task<string?> NewRefreshTokenAsync(Issuance issuance)
    {
        if (issuance is not { WithRefreshToken: true, Grant: { } grant, Client: var client } ||
            !grant.Scopes.Contains("offline_access") || !client.Grants.Contains(GrantTypes.RefreshToken))
        {
            return null;
        }

        var (token, lifetime) = await refreshTokens.CreateAsync(
            new RefreshTokenOwner(grant.Id, client.Id, client.IsPublic ? issuance.Confirmation : null));
        await authorizations.ExtendAsync(grant, lifetime);
        return token;
    }
}

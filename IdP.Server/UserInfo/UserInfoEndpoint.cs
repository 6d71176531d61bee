using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.UserInfo;

/// <summary>OpenID Connect Core section 5.3: claims about the person, signed for clients that registered for it.</summary>
internal sealed class UserInfoEndpoint(
    BearerAuthentication bearer, UserDirectory users, ClientRegistry clients, SubjectIdentifiers subjects, SigningKeys keys,
    IOptions<IdpOptions> options)
{
    public const string Path = "/userinfo";

    public async Task<IResult> HandleAsync(HttpRequest request)
    {
        // RFC 6750 section 2.2: a form may carry the token here.
        var check = await bearer.CheckAsync(request, "openid", acceptsForm: true);
        if (check is BearerCheck.Refused refused)
            return refused;

        // A client that acts for itself is nobody's user, whatever its name.
        var (token, grant) = (BearerCheck.Valid)check;
        if (grant is null || users.FindBySubject(grant.Subject) is not { } user || clients.Find(grant.ClientId) is not { } client)
            return new BearerCheck.Refused(StatusCodes.Status401Unauthorized, "Bearer error=\"invalid_token\"");

        var claims = new JsonObject { ["sub"] = subjects.For(client, user.Subject) };
        UserClaims.Add(claims, user, token.Scopes, grant.Claims);
        return client.UserInfoAlgorithm is { } algorithm ? Signed(claims, client, algorithm) : TypedResults.Json(claims);
    }

    // OpenID Connect Core section 5.3.2
    private ContentHttpResult Signed(JsonObject claims, Client client, JwsAlgorithm algorithm)
    {
        claims["iss"] = options.Value.Issuer;
        claims["aud"] = client.Id;
        return TypedResults.Text(Jwt.Sign(keys.For(algorithm), "JWT", claims), "application/jwt");
    }
}

using System.Text.Json.Nodes;

namespace Platform.IdP.UserInfo;

/// <summary>OpenID Connect Core section 5.3.</summary>
internal static class UserInfoEndpoint
{
    public const string Path = "/userinfo";

    public static void MapUserInfo(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], Show).WithInteractionId();

    internal static async Task<IResult> Show(HttpRequest request, BearerAuthentication bearer, UserDirectory users)
    {
        var check = await bearer.CheckAsync(request, "openid");
        if (check is BearerCheck.Refused refused)
        {
            return refused;
        }

        var (token, grant) = (BearerCheck.Valid)check;
        if (grant is null || users.FindBySubject(grant.Subject) is not { } user)
        {
            return new BearerCheck.Refused(StatusCodes.Status401Unauthorized, "Bearer error=\"invalid_token\"");
        }

        var claims = new JsonObject { ["sub"] = user.Subject };
        UserClaims.Add(claims, user, token.Scopes, grant.Claims);
        return TypedResults.Json(claims);
    }
}

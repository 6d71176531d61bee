using System.Security.Claims;
using Platform.Tokens.AccessTokens;

namespace Platform.Contacts.Authorization;

/// <summary>An access token as ASP.NET Core's principal.</summary>
internal static class AccessTokenPrincipal
{
    public const string ScopeClaim = "scope";

    private const string SubjectClaim = "sub";

    extension(ClaimsPrincipal user)
    {
        public string Subject => user.FindFirstValue(SubjectClaim)
            ?? throw new InvalidOperationException("The endpoint has no policy: its caller is not known.");
    }

    public static ClaimsPrincipal Create(AccessToken token, string scheme) => new(new ClaimsIdentity(
        [new Claim(SubjectClaim, token.Subject), .. token.Scopes.Select(scope => new Claim(ScopeClaim, scope))],
        scheme, SubjectClaim, roleType: null));
}

using System.Text.Json.Nodes;

namespace Platform.IdP.Users;

/// <summary>What each scope tells about a person (OpenID Connect Core section 5.4); the ID token and userinfo agree.</summary>
internal static class UserClaims
{
    public static void Add(JsonObject claims, User user, IEnumerable<string> scopes)
    {
        foreach (var scope in scopes)
        {
            switch (scope)
            {
                case "profile":
                    claims["name"] = user.Name;
                    claims["preferred_username"] = user.UserName;
                    break;
                case "email":
                    claims["email"] = user.Email;
                    break;
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.IdP.Users;

/// <summary>
/// What a client is told about a person: what its scopes ask for (OpenID Connect Core section 5.4) and the claims that it
/// named (section 5.5).
/// </summary>
internal static class UserClaims
{
    public const string IdToken = "id_token";
    public const string UserInfo = "userinfo";

    /// <param name="request">The claims parameter.</param>
    /// <param name="place">The member of the claims parameter that counts here.</param>
    public static void Add(
        JsonObject claims, User user, IEnumerable<string> scopes, string? request = null, string place = UserInfo)
    {
        foreach (var scope in scopes)
        {
            foreach (var name in StandardClaims.ByScope.GetValueOrDefault(scope, []))
            {
                Add(claims, user, name);
            }
        }

        if (request is not null)
        {
            AddRequested(claims, user, request, place);
        }
    }

    private static void AddRequested(JsonObject claims, User user, string request, string place)
    {
        using var document = JsonDocument.Parse(request);
        if (!document.RootElement.TryGetProperty(place, out var named) || named.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var claim in named.EnumerateObject())
        {
            // What is there already was not the person's to give: sub, acr and the like.
            if (!claims.ContainsKey(claim.Name) && StandardClaims.All.Contains(claim.Name))
            {
                Add(claims, user, claim.Name);
            }
        }
    }

    private static void Add(JsonObject claims, User user, string name)
    {
        switch (name)
        {
            case "name":
                claims[name] = user.Name;
                break;
            case "preferred_username":
                claims[name] = user.UserName;
                break;
            case "email":
                claims[name] = user.Email;
                break;
            default:
                if (user.Claims.TryGetValue(name, out var value))
                {
                    claims[name] = value.ValueKind is JsonValueKind.Object ? JsonObject.Create(value) : JsonValue.Create(value);
                }

                break;
        }
    }
}

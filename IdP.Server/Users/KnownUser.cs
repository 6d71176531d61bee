using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Platform.IdP.Users;

/// <summary>
/// What is remembered of an entry of users.yaml, to tell what changed: identifiers, because events about them name the old one,
/// and of everything else a hash.
/// </summary>
internal sealed record KnownUser
{
    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public bool IsDisabled { get; init; }

    public required string Password { get; init; }

    /// <summary>Hash by name.</summary>
    public required SortedDictionary<string, string> Claims { get; init; }

    public static KnownUser Of(User user) => new()
    {
        Email = user.Email,
        PhoneNumber = user.Claims.TryGetValue("phone_number", out var number) ? number.GetString() : null,
        IsDisabled = user.IsDisabled,
        Password = Handle.Hash(user.PasswordHash),
        Claims = new SortedDictionary<string, string>(
            AllClaims(user).ToDictionary(claim => claim.Key, claim => Handle.Hash($"{user.Subject}|{claim.Value}")),
            StringComparer.Ordinal),
    };

    public static KnownUser Parse(string json) => JsonSerializer.Deserialize(json, KnownUserJson.Default.KnownUser)!;

    /// <summary>Always the same text for the same entry.</summary>
    public string Write() => JsonSerializer.Serialize(this, KnownUserJson.Default.KnownUser);

    /// <summary>The claims that are other ones in the entry now, with their new values; null for one that is gone.</summary>
    public JsonObject ChangedClaims(User user)
    {
        var (now, hashes, changed) = (AllClaims(user), Of(user).Claims, new JsonObject());
        foreach (var name in Claims.Keys.Union(hashes.Keys))
        {
            if (Claims.GetValueOrDefault(name) != hashes.GetValueOrDefault(name))
            {
                changed[name] = now[name]?.DeepClone();
            }
        }

        return changed;
    }

    private static JsonObject AllClaims(User user)
    {
        var claims = new JsonObject();
        UserClaims.Add(claims, user, StandardClaims.ByScope.Keys);
        return claims;
    }
}

[JsonSerializable(typeof(KnownUser))]
internal sealed partial class KnownUserJson : JsonSerializerContext;

using System.Collections.Frozen;
using System.Text.Json;

namespace Platform.IdP.Users;

/// <summary>The standard claims (OpenID Connect Core section 5.1): by which scope they are asked for, and how they are written.</summary>
internal static class StandardClaims
{
    /// <summary>OpenID Connect Core section 5.4.</summary>
    public static readonly FrozenDictionary<string, string[]> ByScope = new Dictionary<string, string[]>
    {
        ["profile"] =
        [
            "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
            "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
        ],
        ["email"] = ["email", "email_verified"],
        ["phone"] = ["phone_number", "phone_number_verified"],
        ["address"] = ["address"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Addresses = ["profile", "picture", "website"];
    private static readonly string[] AddressMembers =
        ["formatted", "street_address", "locality", "region", "postal_code", "country"];

    public static IEnumerable<string> All => ByScope.Values.SelectMany(claims => claims);

    /// <summary>Reads those that have no member of their own in <see cref="User"/>.</summary>
    public static FrozenDictionary<string, JsonElement> Read(YamlEntry entry)
    {
        var claims = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in All.Except(["name", "preferred_username", "email"]))
        {
            if (ReadOne(entry, name) is { } value)
            {
                claims[name] = value;
            }
        }

        return claims.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static JsonElement? ReadOne(YamlEntry entry, string name)
    {
        switch (name)
        {
            case "email_verified" or "phone_number_verified":
                return entry.OptionalFlag(name) is { } flag ? JsonSerializer.SerializeToElement(flag) : null;
            case "updated_at":
                return entry.OptionalNumber(name) is { } seconds ? JsonSerializer.SerializeToElement(seconds) : null;
            case "address":
                return entry.OptionalTextsByName(name) is not { } address
                    ? null
                    : address.Keys.All(AddressMembers.Contains)
                        ? JsonSerializer.SerializeToElement(address)
                        : throw entry.Fault(name, $"'address' has the members {string.Join(", ", AddressMembers)}.");
            default:
                var text = entry.OptionalText(name);
                return text is null
                    ? null
                    : !Addresses.Contains(name) || Uri.TryCreate(text, UriKind.Absolute, out _)
                        ? JsonSerializer.SerializeToElement(text)
                        : throw entry.Fault(name, $"'{name}' must be an absolute address.");
        }
    }
}

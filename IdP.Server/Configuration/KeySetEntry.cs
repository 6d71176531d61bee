using System.Text;
using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.IdP.Configuration;

/// <summary>Reads <c>jwks</c>: written as YAML, or as the JSON that a setting holds (<c>${NAME}</c>).</summary>
internal static class KeySetEntry
{
    private const string Name = "jwks";

    public static JsonWebKeySet? Read(YamlEntry entry)
    {
        if (entry.OptionalJson(Name) is not { } json)
        {
            return null;
        }

        try
        {
            return JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(Unquote(json))) is { Keys.Count: > 0 } keys
                ? keys
                : throw entry.Fault(Name, "no key in it can be used: RSA of 2048 bits or more, or EC on P-256, public only.");
        }
        catch (FormatException unusable)
        {
            throw entry.Fault(Name, $"{unusable.Message} Write {{keys: [...]}} as in RFC 7517.");
        }
    }

    private static string Unquote(string json) => json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json;
}

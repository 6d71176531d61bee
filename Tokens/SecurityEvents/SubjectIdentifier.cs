using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>Whom an event is about (RFC 9493, and what SSF 1.0 section 3 adds).</summary>
public abstract partial record SubjectIdentifier
{
    private SubjectIdentifier()
    {
    }

    /// <summary>Reads a subject identifier; unknown members are ignored.</summary>
    /// <exception cref="FormatException">It is of a format that is not known here, or incomplete.</exception>
    public static SubjectIdentifier Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The subject identifier is not a JSON object.");
        }

        return json.Text("format") switch
        {
            Account.Format => new Account(Required(json, "uri")),
            Email.Format => new Email(Required(json, "email")),
            IssuerSubject.Format => new IssuerSubject(Required(json, "iss"), Required(json, "sub")),
            Opaque.Format => new Opaque(Required(json, "id")),
            PhoneNumber.Format => new PhoneNumber(Required(json, "phone_number")),
            DecentralizedIdentifier.Format => new DecentralizedIdentifier(Required(json, "url")),
            UniformResource.Format => new UniformResource(Required(json, "uri")),
            Aliases.Format => Aliases.Read(json),
            JwtId.Format => new JwtId(Required(json, "iss"), Required(json, "jti")),
            SamlAssertionId.Format => new SamlAssertionId(Required(json, "issuer"), Required(json, "assertion_id")),
            IpAddresses.Format => IpAddresses.Read(json),
            Complex.Format => Complex.Read(json),
            _ => throw new FormatException("The format of the subject identifier is not known."),
        };
    }

    /// <summary>The identifier as a new JSON object.</summary>
    public abstract JsonObject ToJson();

    private static string Required(JsonElement json, string name) =>
        json.Text(name) is { Length: > 0 } text
            ? text
            : throw new FormatException($"The subject identifier has no {name}.");

    private static JsonElement.ArrayEnumerator RequiredArray(JsonElement json, string name) =>
        json.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array && array.GetArrayLength() > 0
            ? array.EnumerateArray()
            : throw new FormatException($"The subject identifier has no {name}.");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>Whom an event is about (RFC 9493, and complex subjects of SSF 1.0 section 3.1).</summary>
public abstract record SubjectIdentifier
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
            "iss_sub" => new IssuerSubject(Required(json, "iss"), Required(json, "sub")),
            "opaque" => new Opaque(Required(json, "id")),
            "email" => new Email(Required(json, "email")),
            "complex" => ParseComplex(json),
            _ => throw new FormatException("The format of the subject identifier is not known."),
        };
    }

    /// <summary>The identifier as a new JSON object.</summary>
    public abstract JsonObject ToJson();

    // An absent member of a complex subject is a wildcard, so that one without any known member would mean everybody.
    private static Complex ParseComplex(JsonElement json) =>
        new Complex(Member(json, "user"), Member(json, "session")) is { } complex and not { User: null, Session: null }
            ? complex
            : throw new FormatException("The complex subject names neither a user nor a session.");

    private static SubjectIdentifier? Member(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
        : Parse(value) is { } simple and not Complex ? simple
        : throw new FormatException("A complex subject is nested in another.");

    private static string Required(JsonElement json, string name) =>
        json.Text(name) is { Length: > 0 } text
            ? text
            : throw new FormatException($"The subject identifier has no {name}.");

    /// <summary>A subject by issuer and subject (RFC 9493 section 3.2.3).</summary>
    public sealed record IssuerSubject(string Issuer, string Subject) : SubjectIdentifier
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = "iss_sub", ["iss"] = Issuer, ["sub"] = Subject };
    }

    /// <summary>An identifier that says nothing of itself, such as a session id (RFC 9493 section 3.2.4).</summary>
    public sealed record Opaque(string Id) : SubjectIdentifier
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = "opaque", ["id"] = Id };
    }

    /// <summary>A subject by e-mail address (RFC 9493 section 3.2.2).</summary>
    public sealed record Email(string Address) : SubjectIdentifier
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = "email", ["email"] = Address };
    }

    /// <summary>Several identifiers that together name the subject; an absent one is a wildcard.</summary>
    public sealed record Complex(SubjectIdentifier? User, SubjectIdentifier? Session) : SubjectIdentifier
    {
        /// <inheritdoc/>
        public override JsonObject ToJson()
        {
            var json = new JsonObject { ["format"] = "complex" };
            if (User is not null)
            {
                json["user"] = User.ToJson();
            }

            if (Session is not null)
            {
                json["session"] = Session.ToJson();
            }

            return json;
        }
    }
}

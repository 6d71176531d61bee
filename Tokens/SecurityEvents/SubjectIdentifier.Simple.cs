using System.Text.Json.Nodes;

namespace Platform.Tokens.SecurityEvents;

public abstract partial record SubjectIdentifier
{
    /// <summary>An account at a service, as an acct URI (RFC 9493 section 3.2.1).</summary>
    public sealed record Account(string Uri) : SubjectIdentifier
    {
        internal const string Format = "account";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["uri"] = Uri };
    }

    /// <summary>A subject by e-mail address (RFC 9493 section 3.2.2).</summary>
    public sealed record Email(string Address) : SubjectIdentifier
    {
        internal const string Format = "email";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["email"] = Address };
    }

    /// <summary>A subject by issuer and subject (RFC 9493 section 3.2.3).</summary>
    public sealed record IssuerSubject(string Issuer, string Subject) : SubjectIdentifier
    {
        internal const string Format = "iss_sub";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["iss"] = Issuer, ["sub"] = Subject };
    }

    /// <summary>An identifier that says nothing of itself, such as a session id (RFC 9493 section 3.2.4).</summary>
    public sealed record Opaque(string Id) : SubjectIdentifier
    {
        internal const string Format = "opaque";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["id"] = Id };
    }

    /// <summary>A telephone number with its international prefix (RFC 9493 section 3.2.5).</summary>
    public sealed record PhoneNumber(string Number) : SubjectIdentifier
    {
        internal const string Format = "phone_number";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["phone_number"] = Number };
    }

    /// <summary>A decentralized identifier, as a DID URL (RFC 9493 section 3.2.6).</summary>
    public sealed record DecentralizedIdentifier(string Url) : SubjectIdentifier
    {
        internal const string Format = "did";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["url"] = Url };
    }

    /// <summary>A subject by URI (RFC 9493 section 3.2.7).</summary>
    public sealed record UniformResource(string Uri) : SubjectIdentifier
    {
        internal const string Format = "uri";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["uri"] = Uri };
    }

    /// <summary>A token by its issuer and id (SSF 1.0 section 3.4.1).</summary>
    public sealed record JwtId(string Issuer, string Id) : SubjectIdentifier
    {
        internal const string Format = "jwt_id";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["iss"] = Issuer, ["jti"] = Id };
    }

    /// <summary>A SAML assertion by its issuer and id (SSF 1.0 section 3.4.2).</summary>
    public sealed record SamlAssertionId(string Issuer, string Id) : SubjectIdentifier
    {
        internal const string Format = "saml_assertion_id";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new() { ["format"] = Format, ["issuer"] = Issuer, ["assertion_id"] = Id };
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tokens.SecurityEvents;

public abstract partial record SubjectIdentifier
{
    /// <summary>
    /// Several identifiers that together name the subject (SSF 1.0 section 3.2); an absent member is a wildcard.
    /// </summary>
    public sealed record Complex(SubjectIdentifier? User, SubjectIdentifier? Session) : SubjectIdentifier
    {
        internal const string Format = "complex";

        /// <summary>The device.</summary>
        public SubjectIdentifier? Device { get; init; }

        /// <summary>The application.</summary>
        public SubjectIdentifier? Application { get; init; }

        /// <summary>The tenant.</summary>
        public SubjectIdentifier? Tenant { get; init; }

        /// <summary>The organizational unit.</summary>
        public SubjectIdentifier? OrganizationalUnit { get; init; }

        /// <summary>The group.</summary>
        public SubjectIdentifier? Group { get; init; }

        /// <summary>The members that are not absent, by name.</summary>
        public IEnumerable<KeyValuePair<string, SubjectIdentifier>> Members =>
            new (string Name, SubjectIdentifier? Value)[]
            {
                ("user", User), ("device", Device), ("session", Session), ("application", Application), ("tenant", Tenant),
                ("org_unit", OrganizationalUnit), ("group", Group),
            }
            .Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Name, member.Value!));

        /// <inheritdoc/>
        public override JsonObject ToJson()
        {
            var json = new JsonObject { ["format"] = Format };
            foreach (var (name, value) in Members)
            {
                json[name] = value.ToJson();
            }

            return json;
        }

        internal static Complex Read(JsonElement json)
        {
            var complex = new Complex(Member(json, "user"), Member(json, "session"))
            {
                Device = Member(json, "device"),
                Application = Member(json, "application"),
                Tenant = Member(json, "tenant"),
                OrganizationalUnit = Member(json, "org_unit"),
                Group = Member(json, "group"),
            };

            // All wildcards: one without any known member would mean everybody.
            return complex.Members.Any() ? complex : throw new FormatException("The complex subject names nobody.");
        }

        private static SubjectIdentifier? Member(JsonElement json, string name) =>
            !json.TryGetProperty(name, out var value) ? null
            : Parse(value) is { } simple and not Complex ? simple
            : throw new FormatException("A complex subject is nested in another.");
    }
}

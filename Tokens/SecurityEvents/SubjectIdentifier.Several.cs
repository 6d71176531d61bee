using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tokens.SecurityEvents;

public abstract partial record SubjectIdentifier
{
    /// <summary>Several identifiers of the same subject (RFC 9493 section 3.2.8).</summary>
    public sealed record Aliases(IReadOnlyList<SubjectIdentifier> Identifiers) : SubjectIdentifier
    {
        internal const string Format = "aliases";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new()
        {
            ["format"] = Format,
            ["identifiers"] = new JsonArray([.. Identifiers.Select(identifier => identifier.ToJson())]),
        };

        /// <inheritdoc/>
        public bool Equals(Aliases? other) => other is not null && Identifiers.SequenceEqual(other.Identifiers);

        /// <inheritdoc/>
        public override int GetHashCode() => Identifiers.Aggregate(0, HashCode.Combine);

        internal static Aliases Read(JsonElement json) => new([.. RequiredArray(json, "identifiers").Select(Identifier)]);

        // RFC 9493 section 3.2.8: not nested; nor does a complex subject name one principal in one way
        private static SubjectIdentifier Identifier(JsonElement json) =>
            Parse(json) is { } identifier and not Aliases and not Complex
                ? identifier
                : throw new FormatException("An alias of the subject consists of several itself.");
    }

    /// <summary>Addresses that the subject was seen at (SSF 1.0 section 3.4.3).</summary>
    public sealed record IpAddresses(IReadOnlyList<string> Addresses) : SubjectIdentifier
    {
        internal const string Format = "ip-addresses";

        /// <inheritdoc/>
        public override JsonObject ToJson() => new()
        {
            ["format"] = Format,
            ["ip-addresses"] = new JsonArray([.. Addresses.Select(address => JsonValue.Create(address))]),
        };

        /// <inheritdoc/>
        public bool Equals(IpAddresses? other) => other is not null && Addresses.SequenceEqual(other.Addresses);

        /// <inheritdoc/>
        public override int GetHashCode() => Addresses.Aggregate(0, HashCode.Combine);

        internal static IpAddresses Read(JsonElement json) => new(
        [
            .. RequiredArray(json, "ip-addresses").Select(address => address.ValueKind == JsonValueKind.String
                ? address.GetString()!
                : throw new FormatException("An address of the subject is not a text.")),
        ]);
    }
}

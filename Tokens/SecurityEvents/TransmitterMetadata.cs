using System.Text.Json;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>What a transmitter says of itself (SSF 1.0 section 7.1).</summary>
public sealed record TransmitterMetadata(
    string Issuer,
    Uri JwksUri,
    Uri? ConfigurationEndpoint,
    Uri? StatusEndpoint,
    Uri? VerificationEndpoint,
    IReadOnlyCollection<string> CriticalSubjectMembers)
{
    /// <summary>Reads the document of this issuer.</summary>
    /// <exception cref="FormatException">It is another's, or not usable.</exception>
    internal static TransmitterMetadata Read(JsonElement json, string issuer)
    {
        // SSF 1.0 section 7.2.3: exactly the issuer that was asked for
        if (!json.Is("issuer", issuer))
        {
            throw new FormatException($"The metadata is of the issuer {json.Text("issuer")}, not of {issuer}.");
        }

        return new TransmitterMetadata(
            issuer,
            Address(json, "jwks_uri") ?? throw new FormatException("The metadata has no jwks_uri."),
            Address(json, "configuration_endpoint"),
            Address(json, "status_endpoint"),
            Address(json, "verification_endpoint"),
            json.TryGetProperty("critical_subject_members", out var members) && members.ValueKind == JsonValueKind.Array
                ? [.. members.EnumerateArray().Where(member => member.ValueKind == JsonValueKind.String).Select(member => member.GetString()!)]
                : []);
    }

    private static Uri? Address(JsonElement json, string name) =>
        !json.Has(name) ? null
        : Uri.TryCreate(json.Text(name), UriKind.Absolute, out var address) && ProviderMetadataReader.IsSecure(address) ? address
        : throw new FormatException($"The {name} of the metadata is not a secure address.");
}

using System.Text.Json;

namespace Platform.IdP.Registration;

/// <summary>OpenID Connect Registration section 5: a sector's document lists every redirect URI of its clients.</summary>
internal sealed class SectorIdentifierCheck(OutboundClient outbound)
{
    /// <summary>Why the sector is refused, or null.</summary>
    public async Task<string?> RefusalAsync(
        RegistrationRequest request, IReadOnlyList<string> redirectUris, CancellationToken cancellationToken)
    {
        if (!request.Has("sector_identifier_uri"))
        {
            // OpenID Connect Core section 8.1: without the document, one host is the sector.
            return request.Text("subject_type") == "pairwise" && redirectUris.Select(address => new Uri(address).Host).Distinct().Count() > 1
                ? "redirect_uris of several hosts need a sector_identifier_uri."
                : null;
        }

        if (request.Text("sector_identifier_uri") is not { } text ||
            !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            return "sector_identifier_uri must be an https address.";

        if (await outbound.GetAsync(address, cancellationToken) is not OutboundAnswer.Ok { Body: var body })
            return "sector_identifier_uri cannot be fetched.";

        return Listed(body) is not { } listed
            ? "The document of sector_identifier_uri is no array of addresses."
            : redirectUris.All(listed.Contains)
                ? null
                : "The document of sector_identifier_uri does not list every redirect_uri.";
    }

    private static HashSet<string?>? Listed(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Array } list &&
                list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
                    ? [.. list.EnumerateArray().Select(item => item.GetString())]
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

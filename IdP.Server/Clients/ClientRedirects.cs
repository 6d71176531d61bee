namespace Platform.IdP.Clients;

/// <summary>Where a client may be answered to: its redirect_uris, and the sector that follows from them.</summary>
internal static class ClientRedirects
{
    private const string Name = "redirect_uris";

    // RFC 8252 section 8.3: addresses and not a name, which may be resolved elsewhere.
    private static readonly string[] Loopbacks = ["http://127.0.0.1", "http://[::1]"];

    public static IReadOnlyList<string> Read(YamlEntry entry, IReadOnlyList<string> grants, bool mustBeHttps, bool isPublic)
    {
        var addresses = entry.OptionalTexts(Name) ?? [];
        foreach (var address in addresses)
        {
            if (!ClientAddresses.IsAcceptable(address) && !(isPublic && IsPrivateUse(address)))
                throw ClientAddresses.Fault(entry, Name, address);

            // FAPI 2.0 section 5.3.2.2: http is for native clients, and those have no key.
            if (mustBeHttps && !address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
                throw entry.Fault(Name, $"'{address}' must be https: FAPI 2.0 allows nothing else.");
        }

        return addresses.Count == 0 && grants.Contains(GrantTypes.AuthorizationCode)
            ? throw entry.Fault("client_id", "'redirect_uris' is missing: the grant authorization_code needs one.")
            : addresses;
    }

    /// <summary>The host of the sector, where subject identifiers are pairwise (OpenID Connect Core section 8.1).</summary>
    public static string? ReadSector(YamlEntry entry)
    {
        if (entry.OptionalChoice("subject_type", "public", "pairwise") is not "pairwise")
        {
            return null;
        }

        var address = ClientAddresses.Optional(entry, "sector_identifier_uri")?.Host;
        var hosts = (entry.OptionalTexts(Name) ?? []).Select(redirect => new Uri(redirect).Host).Distinct().ToList();
        return address ?? (hosts is [{ Length: > 0 } only]
            ? only
            : throw entry.Fault("subject_type", "pairwise subjects need one host in redirect_uris, or a sector_identifier_uri."));
    }

    /// <summary>
    /// Exactly the registered text (RFC 9700 section 2.1), but for the port of a loopback address: a native client gets
    /// that from its system when it starts to listen (RFC 8252 section 7.3).
    /// </summary>
    public static bool Matches(string registered, string address, bool anyPort) =>
        string.Equals(registered, address, StringComparison.Ordinal) ||
        (anyPort && WithoutPort(address) is { } bare && WithoutPort(registered) == bare);

    // RFC 8252 section 7.1: a reversed domain name as the scheme, so that it belongs to somebody.
    private static bool IsPrivateUse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme.Contains('.', StringComparison.Ordinal) &&
        uri.Host.Length == 0 && uri.UserInfo.Length == 0 && ClientAddresses.IsPlain(address);

    private static string? WithoutPort(string address)
    {
        if (Array.Find(Loopbacks, loopback => address.StartsWith(loopback, StringComparison.Ordinal)) is not { } host)
        {
            return null;
        }

        var rest = address.AsSpan(host.Length);
        if (rest is [':', ..])
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : rest.Length - 1;
            if (!ushort.TryParse(rest.Slice(1, digits), out var port) || port == 0)
            {
                return null;
            }

            rest = rest[(1 + digits)..];
        }

        return rest is [] or ['/', ..] or ['?', ..] ? string.Concat(host, rest) : null;
    }
}

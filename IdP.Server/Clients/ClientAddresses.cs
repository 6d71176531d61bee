namespace Platform.IdP.Clients;

/// <summary>Reads the addresses among client metadata.</summary>
internal static class ClientAddresses
{
    /// <param name="withFragment">A request_uri may carry the hash of its content (OpenID Connect Core section 6.2).</param>
    public static IReadOnlyList<string> All(YamlEntry entry, string name, bool withFragment = false)
    {
        var addresses = entry.OptionalTexts(name) ?? [];
        return addresses.FirstOrDefault(address => !IsAcceptable(address, withFragment)) is { } bad
            ? throw Fault(entry, name, bad)
            : addresses;
    }

    public static Uri? Optional(YamlEntry entry, string name) => entry.OptionalText(name) switch
    {
        null => null,
        { } address when IsAcceptable(address) => new Uri(address),
        var bad => throw Fault(entry, name, bad),
    };

    // RFC 6749 section 3.1.2: absolute, no fragment.
    public static bool IsAcceptable(string address, bool withFragment = false) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) &&
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) &&
        uri.UserInfo.Length == 0 &&
        IsPlain(withFragment ? address.Replace("#", "", StringComparison.Ordinal) : address);

    /// <summary>Addresses go into a header as they are, so ASCII only.</summary>
    public static bool IsPlain(string address) => address.All(character =>
        char.IsAscii(character) && !char.IsControl(character) && character is not (' ' or '#' or '*' or '\\' or '"' or '<' or '>'));

    public static ConfigurationFileException Fault(YamlEntry entry, string name, string address) => entry.Fault(name,
        $"'{address}' must be an absolute https address without fragment or wildcard (http only for a loopback address).");
}

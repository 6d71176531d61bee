namespace Platform.IdP.Clients;

/// <summary>Reads the addresses among client metadata.</summary>
internal static class ClientAddresses
{
    public static IReadOnlyList<string> All(YamlEntry entry, string name)
    {
        var addresses = entry.OptionalTexts(name) ?? [];
        return addresses.FirstOrDefault(address => !IsAcceptable(address)) is { } bad ? throw Fault(entry, name, bad) : addresses;
    }

    public static Uri? Optional(YamlEntry entry, string name) => entry.OptionalText(name) switch
    {
        null => null,
        { } address when IsAcceptable(address) => new Uri(address),
        var bad => throw Fault(entry, name, bad),
    };

    // RFC 6749 section 3.1.2: absolute, no fragment. They go into a header as they are, so ASCII only.
    public static bool IsAcceptable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) &&
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) &&
        uri.UserInfo.Length == 0 &&
        address.All(character =>
            char.IsAscii(character) && !char.IsControl(character) && character is not (' ' or '#' or '*' or '\\'));

    private static ConfigurationFileException Fault(YamlEntry entry, string name, string address) => entry.Fault(name,
        $"'{address}' must be an absolute https address without fragment or wildcard (http only for a loopback address).");
}

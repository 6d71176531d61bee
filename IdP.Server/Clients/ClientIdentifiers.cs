namespace Platform.IdP.Clients;

/// <summary>The form of a client_id: characters that need no escaping anywhere (RFC 3986 section 2.3).</summary>
internal static class ClientIdentifiers
{
    private const int Longest = 128;

    public static bool IsAcceptable(string id) =>
        id.Length is > 0 and <= Longest &&
        id.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '~' or '-');
}

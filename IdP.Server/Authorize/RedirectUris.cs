namespace Platform.IdP.Authorize;

/// <summary>Whether an address is registered for a client: the one thing that keeps responses from strangers.</summary>
internal static class RedirectUris
{
    // RFC 8252 section 7.3: an address and not a name, which may be resolved elsewhere.
    private static readonly string[] Loopbacks = ["http://127.0.0.1", "http://[::1]"];

    public static bool Allows(Client client, string redirectUri) =>

        // RFC 9700 section 2.1: compared as exact strings.
        client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal) ||

        // RFC 8252 section 7.3: a native app listens on the port that it gets.
        (client.IsPublic && WithoutPort(redirectUri) is { } bare &&
            client.RedirectUris.Any(registered => WithoutPort(registered) == bare));

    private static string? WithoutPort(string address)
    {
        if (Loopbacks.FirstOrDefault(loopback => address.StartsWith(loopback, StringComparison.Ordinal)) is not { } host)
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

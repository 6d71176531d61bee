namespace Platform.IdP.Protocol;

/// <summary>The access token of an Authorization header.</summary>
internal readonly record struct PresentedToken(TokenScheme Scheme, string Token)
{
    public static PresentedToken Read(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = header.AsSpan(0, Math.Max(space, 0));

        // RFC 9110 section 11.1: the case of a scheme does not matter.
        return scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? new PresentedToken(TokenScheme.Bearer, header[space..].Trim())
            : scheme.Equals("DPoP", StringComparison.OrdinalIgnoreCase) ? new PresentedToken(TokenScheme.DPoP, header[space..].Trim())
            : new PresentedToken(TokenScheme.Unknown, "");
    }
}

internal enum TokenScheme
{
    Unknown,
    Bearer,
    DPoP,
}

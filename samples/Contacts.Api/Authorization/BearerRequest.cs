namespace Platform.Contacts.Authorization;

/// <summary>Where a request has its access token (RFC 6750 section 2).</summary>
internal abstract record BearerRequest
{
    private BearerRequest()
    {
    }

    public static BearerRequest Read(HttpRequest request)
    {
        // RFC 9700 section 4.3.2: addresses end up in logs and histories, so no token is taken from there.
        if (request.Query.ContainsKey("access_token"))
        {
            return new Malformed("The token is in the address.");
        }

        return request.Headers.Authorization switch
        {
            [] => new None(),
            [{ } header] => Read(header),
            _ => new Malformed("There are several Authorization headers."),
        };
    }

    // RFC 9110 section 11.1: schemes are compared without case. Another scheme is not ours to judge.
    private static BearerRequest Read(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? header : header[..space];
        if (!scheme.Equals(BearerTokenHandler.SchemeName, StringComparison.OrdinalIgnoreCase))
        {
            return new None();
        }

        return header[scheme.Length..].Trim(' ') is { Length: > 0 } token
            ? new Token(token)
            : new Malformed("The Authorization header has no token.");
    }

    public sealed record Token(string Text) : BearerRequest;

    public sealed record None : BearerRequest;

    public sealed record Malformed(string Reason) : BearerRequest;
}

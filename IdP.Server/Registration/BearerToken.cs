namespace Platform.IdP.Registration;

/// <summary>A bearer token that is no access token: it is compared, not read (RFC 6750 section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) &&
        header[Scheme.Length..].Trim() is { Length: > 0 and < 500 } token
            ? token
            : null;
}

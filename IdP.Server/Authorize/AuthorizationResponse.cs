using Microsoft.Extensions.Options;

namespace Platform.IdP.Authorize;

/// <summary>The way back to the client: every response carries iss (RFC 9207) and the client's state.</summary>
internal sealed class AuthorizationResponse(IOptions<IdpOptions> options)
{
    public IResult Success(AuthorizationRequest request, string code) =>
        Redirect(request.RedirectUri, [("code", code), ("state", request.State)]);

    public IResult Error(AuthorizationRequest request, string error, string description) =>
        Error(request.RedirectUri, request.State, error, description);

    public IResult Error(string redirectUri, string? state, string error, string description) =>
        Redirect(redirectUri, [("error", error), ("error_description", description), ("state", state)]);

    private SeeOther Redirect(string redirectUri, IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = parameters.Append(("iss", options.Value.Issuer))
            .Where(parameter => parameter.Item2 is not null)
            .Select(parameter => $"{parameter.Item1}={Uri.EscapeDataString(parameter.Item2!)}");

        // RFC 6749 section 3.1.2: a query that the address has already is kept.
        var separator = redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new SeeOther($"{redirectUri}{separator}{string.Join('&', query)}");
    }
}

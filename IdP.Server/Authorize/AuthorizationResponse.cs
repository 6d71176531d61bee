using Microsoft.Extensions.Options;

namespace Platform.IdP.Authorize;

/// <summary>
/// The way back to the client, the same for codes and for errors: as a query or as a form, plain with iss (RFC 9207) or as
/// a signed JWT (JARM).
/// </summary>
internal sealed class AuthorizationResponse(SignedResponse signed, IOptions<IdpOptions> options)
{
    public IResult Success(AuthorizationRequest request, string code) =>
        Send(ResponseTarget.Of(request), [("code", code)]);

    public IResult Error(AuthorizationRequest request, string error, string description) =>
        Error(ResponseTarget.Of(request), error, description);

    public IResult Error(ResponseTarget target, string error, string description) =>
        Send(target, [("error", error), ("error_description", description)]);

    private IResult Send(ResponseTarget target, IReadOnlyList<(string Name, string Value)> answer)
    {
        // RFC 6749 section 4.1.2: state as it came, and none where none came.
        var parameters = target.State is { } state ? [.. answer, ("state", state)] : answer;
        IReadOnlyList<(string Name, string Value)> sent = ResponseModes.IsSigned(target.Mode)
            ? [("response", signed.Sign(target, parameters))]
            : [.. parameters, ("iss", options.Value.Issuer)];
        ProtocolSpan.Response(answer!);
        ProtocolSpan.Response(sent!);
        return ResponseModes.IsForm(target.Mode)
            ? new FormPostAnswer(target.RedirectUri, sent)
            : new SeeOther(WithQuery(target.RedirectUri, sent));
    }

    // RFC 6749 section 3.1.2: a query that the address has already is kept.
    private static string WithQuery(string redirectUri, IEnumerable<(string Name, string Value)> parameters)
    {
        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        return $"{redirectUri}{(redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }
}

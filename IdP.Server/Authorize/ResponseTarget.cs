namespace Platform.IdP.Authorize;

/// <summary>Where a response goes, and how: errors and successes alike.</summary>
/// <param name="RedirectUri">Registered for the client: nothing is ever sent elsewhere.</param>
/// <param name="Mode">One of <see cref="ResponseModes"/>.</param>
internal sealed record ResponseTarget(string ClientId, string RedirectUri, string Mode, string? State)
{
    private const int LongestState = 2048;

    public static ResponseTarget Of(AuthorizationRequest request) =>
        new(request.ClientId, request.RedirectUri, request.ResponseMode, request.State);

    /// <summary>The checks that come first: until they are passed, an error must not be sent to the redirect_uri.</summary>
    public static ResponseTargetCheck Check(RequestParameters parameters, Client client)
    {
        // RFC 6749 section 3.1.2.3: always given, never guessed.
        if (parameters["redirect_uri"] is not { } redirectUri)
            return new ResponseTargetCheck.Refused("redirect_uri is missing.");
        if (client.FindRedirectUri(redirectUri) is null)
            return new ResponseTargetCheck.Refused("redirect_uri is not registered for this client.");

        // Never cut: what is too long is refused, and not sent back either.
        var state = parameters["state"];
        if (state?.Length > LongestState)
            return new ResponseTargetCheck.Refused("state is too long.");

        var target = new ResponseTarget(client.Id, redirectUri, ResponseModes.DefaultOf(client), state);
        return parameters["response_mode"] switch
        {
            null => new ResponseTargetCheck.Valid(target),

            // JARM section 2.3.4: the default of response_type code.
            ResponseModes.Jwt => new ResponseTargetCheck.Valid(target with { Mode = ResponseModes.QueryJwt }),
            var mode when !ResponseModes.All.Contains(mode) =>
                new ResponseTargetCheck.Refused("The response_mode is not supported.", target),
            var mode when ResponseModes.MustBeSigned(client) && !ResponseModes.IsSigned(mode) =>
                new ResponseTargetCheck.Refused("This client is registered for signed responses: ask for jwt.", target),
            var mode => new ResponseTargetCheck.Valid(target with { Mode = mode }),
        };
    }
}

internal abstract record ResponseTargetCheck
{
    public sealed record Valid(ResponseTarget Target) : ResponseTargetCheck;

    /// <summary>The error is invalid_request; without a target it goes to a page.</summary>
    public sealed record Refused(string Description, ResponseTarget? Target = null) : ResponseTargetCheck;
}

using Microsoft.Extensions.Options;

namespace Platform.IdP.Authorize;

/// <summary>
/// What happens to a valid request: the person is asked for one thing after another until nothing is missing
/// (<see cref="RequestNeeds"/>), and then there is a code. Where nobody can be asked, the client is told what is missing.
/// </summary>
internal sealed partial class AuthorizationFlow(
    SsoCookie cookie, RequestNeeds needs, AuthenticationClasses classes, AuthorizationRequestStore requests,
    PushedRequestStore pushed, AuthorizationCodeStore codes, AuthorizationGrantStore grants,
    SessionEvents events, AuthorizationResponse response, IOptions<IdpOptions> options, TimeProvider clock, ILogger<AuthorizationFlow> logger)
{
    /// <param name="id">The id of the stored request, when it has been stored before.</param>
    public async Task<IResult> ContinueAsync(HttpContext http, AuthorizationRequest request, string? id = null) =>
        await ContinueAsync(http, await cookie.FindAsync(http.Request), request, id);

    public async Task<IResult> ContinueAsync(
        HttpContext http, SsoSession? session, AuthorizationRequest request, string? id) =>
        await needs.FindAsync(request, session, http.RequestAborted) switch
        {
            null => await CompleteAsync(request, session!, id),

            // OpenID Connect Core section 3.1.2.6
            { Page: { } page } when !request.Prompts.Contains("none") =>
                new SeeOther($"{page}?request={id ?? await requests.SaveAsync(request)}"),
            var need => await RefuseAsync(request, id, need.Error, need.Description),
        };

    /// <summary>Ends the request, and tells the client why.</summary>
    public async Task<IResult> RefuseAsync(AuthorizationRequest request, string? id, string error, string description)
    {
        if (id is not null && !await requests.CompleteAsync(id))
        {
            return Pages.Outdated();
        }

        if (request.PushedRequest is { } pushedRequest)
        {
            await pushed.UseAsync(pushedRequest);
        }

        LogRefused(request.ClientId, error, description);
        ProtocolSpan.Refused(error, description);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "authorize"), new("error", error));
        return response.Error(request, error, description);
    }

    private async Task<IResult> CompleteAsync(AuthorizationRequest request, SsoSession session, string? id)
    {
        // Whoever is first completes the request: a second click finds nothing to complete.
        if (id is not null && !await requests.CompleteAsync(id))
        {
            return Pages.Outdated();
        }

        // RFC 9126 section 4, RFC 9700 section 4.5.3: a request_uri yields one code.
        if (request.PushedRequest is { } pushedRequest && !await pushed.UseAsync(pushedRequest))
        {
            return Pages.Error("invalid_request_uri", InteractionTexts.RequestUsed);
        }

        var grant = Grant(request, session);

        // Sent before the code, and so kept before it: whoever repeats the code must find the grant to revoke.
        var isPresented = request.Progress.SignedIn != session.SessionId;
        var saving = grants.SaveAsync(grant, isPresented ? events.OfUse(grant) : []);
        var code = await codes.SaveAsync(new AuthorizationCode
        {
            Grant = grant,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Nonce = request.Nonce,
            DpopKeyThumbprint = request.DpopKeyThumbprint,
            ExpiresAt = clock.GetUtcNow() + options.Value.Lifetimes.Code,
        });

        // The session ended while the person was asked: the code is worth nothing.
        if (!await saving)
        {
            return Pages.Outdated();
        }

        LogCodeIssued(request.ClientId, session.Subject);
        return response.Success(request, code);
    }

    private AuthorizationGrant Grant(AuthorizationRequest request, SsoSession session) => new()
    {
        Id = Handle.New(),
        ClientId = request.ClientId,
        Subject = session.Subject,
        SessionId = session.SessionId,
        Scopes = request.Scopes,
        Resources = request.Resources,
        AuthorizationDetails = request.AuthorizationDetails,
        Claims = request.Claims,
        AuthenticatedAt = session.AuthenticatedAt,
        AuthenticationClass = classes.Of(request, session),
        AuthenticationMethods = session.Methods,
    };

    [LoggerMessage(LogLevel.Information, "A code for {ClientId} was issued to {Subject}.")]
    private partial void LogCodeIssued(string clientId, string subject);

    [LoggerMessage(LogLevel.Information, "An authorization request of {ClientId} ended with {Error}: {Reason}")]
    private partial void LogRefused(string clientId, string error, string reason);
}

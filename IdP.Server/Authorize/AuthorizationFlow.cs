using Microsoft.Extensions.Options;

namespace Platform.IdP.Authorize;

/// <summary>
/// What happens to a valid request: (1) a session that satisfies it gets a code at once, (2) prompt=none gets an error,
/// (3) everybody else is asked to sign in.
/// </summary>
internal sealed partial class AuthorizationFlow(
    SsoCookie cookie, AuthorizationRequestStore requests, PushedRequestStore pushed, AuthorizationCodeStore codes,
    AuthorizationGrantStore grants,
    AuthorizationResponse response, IOptions<IdpOptions> options, TimeProvider clock, ILogger<AuthorizationFlow> logger)
{
    /// <param name="id">The id of the stored request, when it has been stored before.</param>
    public async Task<IResult> ContinueAsync(HttpContext http, AuthorizationRequest request, string? id = null)
    {
        if (await cookie.FindAsync(http.Request) is { } session && Satisfies(session, request))
        {
            return id is null || await requests.CompleteAsync(id)
                ? await CompleteAsync(request, session)
                : Pages.Error("invalid_request", "This sign-in was completed already.");
        }

        // OpenID Connect Core section 3.1.2.6
        return request.Prompts.Contains("none")
            ? response.Error(request, "login_required", "The user is not signed in.")
            : new SeeOther($"{InteractionEndpoints.LoginPath}?request={id ?? await requests.SaveAsync(request)}");
    }

    /// <summary>Issues the code.</summary>
    public async Task<IResult> CompleteAsync(AuthorizationRequest request, SsoSession session)
    {
        // RFC 9126 section 4, RFC 9700 section 4.5.3: a request_uri yields one code.
        if (request.PushedRequest is { } pushedRequest && !await pushed.UseAsync(pushedRequest))
        {
            return Pages.Error("invalid_request_uri", "This authorization request was used already. Start again.");
        }

        var grant = new AuthorizationGrant
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
            AuthenticationClass = TokenIssuer.PasswordClass,
            AuthenticationMethods = ["pwd"],
        };

        // Before the code: whoever repeats the code must find the grant to revoke.
        await grants.SaveAsync(grant);
        var code = await codes.SaveAsync(new AuthorizationCode
        {
            Grant = grant,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Nonce = request.Nonce,
            DpopKeyThumbprint = request.DpopKeyThumbprint,
            ExpiresAt = clock.GetUtcNow() + options.Value.Lifetimes.Code,
        });
        LogCodeIssued(request.ClientId, session.Subject);
        return response.Success(request, code);
    }

    // OpenID Connect Core section 3.1.2.1: prompt=login and max_age ask for a new authentication.
    private bool Satisfies(SsoSession session, AuthorizationRequest request) =>
        !request.Prompts.Contains("login") &&
        (request.MaxAge is not { } maxAge || clock.GetUtcNow() - session.AuthenticatedAt <= TimeSpan.FromSeconds(maxAge));

    [LoggerMessage(LogLevel.Information, "A code for {ClientId} was issued to {Subject}.")]
    private partial void LogCodeIssued(string clientId, string subject);
}

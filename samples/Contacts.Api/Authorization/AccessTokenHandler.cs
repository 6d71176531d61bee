using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Platform.Tokens.Discovery;
using Platform.Tokens.DPoP;
using Platform.Tokens.ResourceRequests;

namespace Platform.Contacts.Authorization;

/// <summary>
/// RFC 6750 and RFC 9449: no token gives 401 with a bare challenge, a bad one or a bad proof 401 with the error, a malformed
/// request 400, and a token without the scope 403. When the issuer cannot be reached nobody can be judged: 503.
/// </summary>
internal sealed partial class AccessTokenHandler(
    ResourceRequestValidator validator,
    ProofIds proofIds,
    IOptions<OidcOptions> oidc,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "AccessToken";

    private ResourceRequestCheck.Refused? _refusal;
    private bool _issuerIsAway;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // RFC 9700 section 4.3.2: addresses end up in logs and histories, so no token is taken from there.
        if (Request.Query.ContainsKey("access_token"))
            return Refuse(new(StatusCodes.Status400BadRequest, "invalid_request", "The token is in the address.", Challenge("invalid_request")));

        try
        {
            return await validator.ValidateAsync(
                new(Request.Method, Address, Request.Headers.Authorization, Request.Headers["DPoP"]), Context.RequestAborted) switch
            {
                // RFC 9449 section 11.1: each proof counts once.
                ResourceRequestCheck.Valid { Proof: { } proof } when !proofIds.TryUse(proof) =>
                    Refuse(new(StatusCodes.Status401Unauthorized, "invalid_dpop_proof", "The proof was used before.",
                        ResourceChallenge.DPoP(DPoPRules.Default, "invalid_dpop_proof"))),
                ResourceRequestCheck.Valid valid => Accept(valid),
                ResourceRequestCheck.Refused { Error: null } nobody => Nobody(nobody),
                ResourceRequestCheck.Refused refused => Refuse(refused),
                _ => throw new InvalidOperationException("The check has another outcome."),
            };
        }
        catch (ProviderUnavailableException problem)
        {
            LogUnavailable(Logger, problem.Message);
            AccessTokenSpan.NotChecked(problem.Message);
            _issuerIsAway = true;
            return AuthenticateResult.Fail(problem);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_issuerIsAway)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "5";
        }
        else
        {
            Response.StatusCode = _refusal?.Status ?? StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = _refusal?.Challenge ?? Challenge(error: null);
            AccessTokenSpan.Refused(_refusal);
        }

        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        LogForbidden(Logger, Policies.ReadContacts);
        AccessTokenSpan.RefusedForScope(Policies.ReadContacts);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = Challenge("insufficient_scope", Policies.ReadContacts);
        return Task.CompletedTask;
    }

    // RFC 9449 section 4.3: as callers know it, whatever the headers say that proxies may have added.
    private string Address => oidc.Value.ApiUrl.TrimEnd('/') + Request.PathBase + Request.Path;

    private static StringValues Challenge(string? error, string? scope = null) => new(
        [ResourceChallenge.Bearer(error, scope), ResourceChallenge.DPoP(DPoPRules.Default, error, scope)]);

    private AuthenticateResult Accept(ResourceRequestCheck.Valid valid)
    {
        AccessTokenSpan.Passed(valid, isIntrospected: oidc.Value.Introspection is not null);
        return AuthenticateResult.Success(new AuthenticationTicket(AccessTokenPrincipal.Create(valid.Token, SchemeName), SchemeName));
    }

    private AuthenticateResult Nobody(ResourceRequestCheck.Refused nobody)
    {
        _refusal = nobody;
        return AuthenticateResult.NoResult();
    }

    private AuthenticateResult Refuse(ResourceRequestCheck.Refused refusal)
    {
        LogRefused(Logger, refusal.Reason);
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Reason);
    }

    [LoggerMessage(LogLevel.Information, "Access token refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Access token refused: it has not the scope {Scope}.")]
    private static partial void LogForbidden(ILogger logger, string scope);

    [LoggerMessage(LogLevel.Warning, "Access token not checked: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}

using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Protocol;

/// <summary>
/// Checks the access token of a call to the provider's own resources (RFC 6750), and that the caller holds the key that the
/// token is bound to (RFC 9449, RFC 8705).
/// </summary>
internal sealed partial class BearerAuthentication(
    IssuedAccessTokens accessTokens, Possession holders, SpentProofs spent, ClientRegistry clients, IOptions<IdpOptions> options,
    TimeProvider clock, ILogger<BearerAuthentication> logger)
{
    private readonly AccessTokenRules _rules = new(options.Value.Issuer, options.Value.Issuer, TimeSpan.FromSeconds(5));

    /// <param name="acceptsForm">Whether the token may stand in the form of a POST (RFC 6750 section 2.2).</param>
    public Task<BearerCheck> CheckAsync(HttpRequest request, string scope, bool acceptsForm = false) =>
        CheckAsync(request, [scope], acceptsForm);

    /// <param name="scopes">Any of which will do; the first is the one to ask for.</param>
    /// <param name="acceptsForm">Whether the token may stand in the form of a POST (RFC 6750 section 2.2).</param>
    public async Task<BearerCheck> CheckAsync(HttpRequest request, IReadOnlyList<string> scopes, bool acceptsForm = false)
    {
        var headers = request.Headers.Authorization;
        var form = await FormTokenAsync(request);

        // RFC 6750 section 2.3: a token in the URL ends in logs.
        if (request.Query.ContainsKey("access_token"))
            return Malformed("a token was sent in the query");

        // RFC 6750 section 3.1: without any credentials the challenge carries no error.
        if (headers.Count == 0 && (form is null || !acceptsForm))
            return Unknown("no token was sent");

        // RFC 6750 section 2: one transport.
        if (headers.Count > 1 || (headers.Count == 1 && form is not null))
            return Malformed("more than one token was sent");

        var presented = headers.Count == 1
            ? PresentedToken.Read(headers.ToString()) : new PresentedToken(TokenScheme.Bearer, form!);
        if (presented.Scheme is TokenScheme.Unknown)
            return Unknown("the scheme is neither Bearer nor DPoP");

        // RFC 9449 section 7, RFC 8705 section 3
        var possession = holders.Check(request.HttpContext, presented);
        if (possession is not PossessionCheck.Shown(var held, var proof))
            return Unauthorized(presented.Scheme, (PossessionCheck.Refused)possession);

        var found = await accessTokens.FindAsync(presented.Token);
        if (found is not AccessTokenState.Active(var claims, var grant))
            return Unauthorized(presented.Scheme, "invalid_token", ((AccessTokenState.Inactive)found).Reason);

        var check = AccessTokenValidator.ValidateClaims(claims, _rules, held, clock.GetUtcNow());
        if (check is not AccessTokenCheck.Valid { Token: var token })
            return Unauthorized(presented.Scheme, "invalid_token", ((AccessTokenCheck.Refused)check).Reason);
        if (proof is not null && token.Confirmation?.KeyThumbprint is null)
            return Unauthorized(presented.Scheme, "invalid_token", "the token is not bound to a DPoP key");

        // RFC 9449 section 11.1
        if (proof is not null && !await spent.TrySpendAsync(proof))
            return Unauthorized(presented.Scheme, "invalid_dpop_proof", "the proof was replayed");

        if (!scopes.Any(token.Scopes.Contains))
            return Insufficient(presented.Scheme, scopes[0], $"the token lacks the scope {scopes[0]}");

        ProtocolSpan.Passed("access token is in force, held by its owner and has the scope", "RFC 6750 section 3.1");
        return new BearerCheck.Valid(token, grant);
    }

    /// <summary>
    /// As above, of a client that acts for itself: what is there for administrators and receivers is for no person, whatever the
    /// scope of her token.
    /// </summary>
    public async Task<BearerCheck> CheckClientAsync(HttpRequest request, params IReadOnlyList<string> scopes)
    {
        var check = await CheckAsync(request, scopes);
        if (check is not BearerCheck.Valid(var token, var grant))
            return check;
        if (grant is not null)
            return Insufficient(TokenScheme.Bearer, scopes[0], "the token is of a person, not of the client itself");

        // A token outlives the registration of its client for a moment.
        return clients.Find(token.ClientId) is null
            ? Insufficient(TokenScheme.Bearer, scopes[0], "the client is registered no longer")
            : check;
    }

    private BearerCheck.Refused Insufficient(TokenScheme scheme, string scope, string reason) => Refuse(
        StatusCodes.Status403Forbidden, "insufficient_scope", Challenge.Of(scheme, "insufficient_scope", scope), reason);

    private static async Task<string?> FormTokenAsync(HttpRequest request) => request.HasFormContentType &&
        (await request.ReadFormAsync()).TryGetValue("access_token", out var values) && values.ToString() is { Length: > 0 } token
            ? token
            : null;

    private BearerCheck.Refused Unknown(string reason) =>
        Refuse(StatusCodes.Status401Unauthorized, "no_token", Challenge.Any, reason);

    private BearerCheck.Refused Malformed(string reason) => Refuse(
        StatusCodes.Status400BadRequest, "invalid_request", Challenge.Of(TokenScheme.Bearer, "invalid_request"), reason);

    private BearerCheck.Refused Unauthorized(TokenScheme scheme, PossessionCheck.Refused unproven) =>
        Unauthorized(scheme, unproven.Error, unproven.Reason);

    private BearerCheck.Refused Unauthorized(TokenScheme scheme, string error, string reason) =>
        Refuse(StatusCodes.Status401Unauthorized, error, Challenge.Of(scheme, error), reason);

    private BearerCheck.Refused Refuse(int status, string error, string challenge, string reason)
    {
        LogRefused(error, reason);
        ProtocolSpan.Refused(error, reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "resource"), new("error", error));
        return new BearerCheck.Refused(status, challenge);
    }

    [LoggerMessage(LogLevel.Information, "A call to a protected resource was refused, {Error}: {Reason}.")]
    private partial void LogRefused(string error, string reason);
}

internal abstract record BearerCheck
{
    /// <param name="Grant">Null for a client that acts for itself.</param>
    public sealed record Valid(AccessToken Token, AuthorizationGrant? Grant) : BearerCheck;

    public sealed record Refused(int Status, string Challenge) : BearerCheck, IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.Headers.WWWAuthenticate = Challenge;
            return Task.CompletedTask;
        }
    }
}

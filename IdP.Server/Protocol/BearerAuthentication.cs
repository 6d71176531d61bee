using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Protocol;

/// <summary>
/// Checks the access token of a call to the provider's own resources (RFC 6750). The header is the only transport.
/// </summary>
internal sealed partial class BearerAuthentication(
    SigningKeys keys, AuthorizationGrantStore grants, IOptions<IdpOptions> options,
    TimeProvider clock, ILogger<BearerAuthentication> logger)
{
    private readonly AccessTokenRules _rules = new(options.Value.Issuer, options.Value.Issuer, TimeSpan.FromSeconds(5));

    public async Task<BearerCheck> CheckAsync(HttpRequest request, string scope)
    {
        var headers = request.Headers.Authorization;

        // RFC 6750 section 3.1: without any credentials the challenge carries no error.
        if (headers.Count == 0)
            return Refuse(StatusCodes.Status401Unauthorized, null, "no token was sent");

        // RFC 6750 section 2: one transport. A token in the URL ends in logs, so that one is not read at all.
        if (headers.Count > 1 || await SendsTwiceAsync(request))
            return Refuse(StatusCodes.Status400BadRequest, "invalid_request", "more than one token was sent");

        var header = headers.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Refuse(StatusCodes.Status401Unauthorized, null, "the scheme is not Bearer");

        var check = AccessTokenValidator.Validate(
            header["Bearer ".Length..].Trim(), keys.Published, _rules, clock.GetUtcNow());
        if (check is AccessTokenCheck.Refused refused)
            return Refuse(StatusCodes.Status401Unauthorized, "invalid_token", refused.Reason);

        var token = ((AccessTokenCheck.Valid)check).Token;

        // A token about a person dies with its grant, and that with the session.
        var grant = token.GrantId is { } id ? await grants.FindAsync(id) : null;
        if (token.GrantId is not null && grant is null)
            return Refuse(StatusCodes.Status401Unauthorized, "invalid_token", "the token's session or grant has ended");

        return token.Scopes.Contains(scope)
            ? new BearerCheck.Valid(token, grant)
            : Refuse(StatusCodes.Status403Forbidden, "insufficient_scope", $"the token lacks the scope {scope}", scope);
    }

    private static async Task<bool> SendsTwiceAsync(HttpRequest request) =>
        request.Query.ContainsKey("access_token") ||
        (request.HasFormContentType && (await request.ReadFormAsync()).ContainsKey("access_token"));

    private BearerCheck.Refused Refuse(int status, string? error, string reason, string? scope = null)
    {
        LogRefused(error ?? "no_token", reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "resource"), new("error", error ?? "no_token"));
        var challenge = error is null ? "Bearer" : $"Bearer error=\"{error}\"";
        return new BearerCheck.Refused(status, scope is null ? challenge : $"{challenge}, scope=\"{scope}\"");
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

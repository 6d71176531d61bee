using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;

namespace Platform.Contacts.Authorization;

/// <summary>
/// RFC 6750: no token gives 401 with a bare challenge, a bad one 401 <c>invalid_token</c>, a malformed request 400,
/// and a token without the scope 403. When the issuer cannot be reached nobody can be judged: 503.
/// </summary>
internal sealed partial class BearerTokenHandler(
    AccessTokenValidator validator,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    private BearerRefusal _refusal = BearerRefusal.NoToken;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => BearerRequest.Read(Request) switch
    {
        BearerRequest.Token token => await ValidateAsync(token.Text),
        BearerRequest.Malformed malformed => Refuse(BearerRefusal.InvalidRequest, malformed.Reason),
        _ => AuthenticateResult.NoResult(),
    };

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Answer(_refusal);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        LogForbidden(Logger, Policies.ReadContacts);
        Answer(BearerRefusal.InsufficientScope);
        return Task.CompletedTask;
    }

    private void Answer(BearerRefusal refusal)
    {
        Response.StatusCode = refusal.Status;
        Response.Headers[refusal.Header] = refusal.Value;
    }

    private async Task<AuthenticateResult> ValidateAsync(string token)
    {
        try
        {
            return await validator.ValidateAsync(token, Context.RequestAborted) switch
            {
                AccessTokenCheck.Valid valid => AuthenticateResult.Success(
                    new AuthenticationTicket(AccessTokenPrincipal.Create(valid.Token, SchemeName), SchemeName)),
                AccessTokenCheck.Refused refused => Refuse(BearerRefusal.InvalidToken, refused.Reason),
                _ => throw new InvalidOperationException("The check has another outcome."),
            };
        }
        catch (ProviderUnavailableException problem)
        {
            LogUnavailable(Logger, problem.Message);
            _refusal = BearerRefusal.IssuerUnavailable;
            return AuthenticateResult.Fail(problem);
        }
    }

    private AuthenticateResult Refuse(BearerRefusal refusal, string reason)
    {
        LogRefused(Logger, reason);
        _refusal = refusal;
        return AuthenticateResult.Fail(reason);
    }

    [LoggerMessage(LogLevel.Information, "Access token refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Access token refused: it has not the scope {Scope}.")]
    private static partial void LogForbidden(ILogger logger, string scope);

    [LoggerMessage(LogLevel.Warning, "Access token not checked: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}

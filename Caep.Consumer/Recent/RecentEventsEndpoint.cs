using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Platform.Caep.Transmitters;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;
using Platform.Tokens.DPoP;
using Platform.Tokens.ResourceRequests;
using StackExchange.Redis;

namespace Platform.Caep.Recent;

/// <summary>Shows administrators the last events and what each did: with an access token of the issuer for this service.</summary>
internal sealed partial class RecentEventsEndpoint
{
    public const string Scope = "signals.read";

    private const int Most = 1_000;

    private readonly ResourceRequestValidator _validator;
    private readonly RecentEvents _recent;
    private readonly ILogger _logger;

    public RecentEventsEndpoint(
        IHttpClientFactory clients, RecentEvents recent, IOptions<TransmitterOptions> issuer, TimeProvider clock,
        ILogger<RecentEventsEndpoint> logger)
    {
        var options = issuer.Value;
        (_recent, _logger) = (recent, logger);
        _validator = new ResourceRequestValidator(
            new AccessTokenValidator(
                new ProviderClient(clients.CreateClient(TrustedTransmitters.Http), options.Issuer, clock),
                new AccessTokenRules(options.Issuer, options.EventAudience, options.ClockSkew),
                clock),
            DPoPRules.Default,
            clock);
    }

    // RFC 6750 section 3. Proofs of possession are not read, so that a token that is bound to a key is refused.
    public async Task<IResult> ShowAsync(HttpContext http, int? count)
    {
        try
        {
            var request = new ResourceRequest("GET", "", http.Request.Headers.Authorization);
            switch (await _validator.ValidateAsync(request, http.RequestAborted))
            {
                case ResourceRequestCheck.Valid valid when !valid.Token.Scopes.Contains(Scope):
                    return Refuse(http, StatusCodes.Status403Forbidden, ResourceChallenge.Bearer("insufficient_scope", Scope));
                case ResourceRequestCheck.Valid:
                    return TypedResults.Json(
                        await _recent.ReadAsync(Math.Clamp(count ?? 100, 1, Most), http.RequestAborted), RecentJson.Default.IReadOnlyListRecentEvent);
                case ResourceRequestCheck.Refused refused:
                    LogRefused(refused.Reason);
                    return Refuse(http, refused.Status, refused.Challenge);
                default:
                    throw new InvalidOperationException("The check has another outcome.");
            }
        }
        catch (Exception away) when (away is ProviderUnavailableException or RedisException or TimeoutException)
        {
            LogAway(away.Message);
            http.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem(
                title: "The events cannot be shown now",
                detail: away is ProviderUnavailableException ? "The issuer's keys are away." : "Redis, which has the list, is away.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static StatusCodeHttpResult Refuse(HttpContext http, int status, StringValues challenge)
    {
        http.Response.Headers.WWWAuthenticate = challenge;
        return TypedResults.StatusCode(status);
    }

    [LoggerMessage(LogLevel.Warning, "The last events cannot be shown: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Access token refused: {Reason}")]
    private partial void LogRefused(string reason);
}

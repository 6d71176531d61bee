using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Introspection;

/// <summary>Token introspection (RFC 7662), on request as a signed JWT (RFC 9701).</summary>
internal sealed partial class IntrospectionEndpoint(
    ClientAuthenticator authenticator, TokenIntrospection introspection, SigningKeys keys, IOptions<IdpOptions> options,
    TimeProvider clock, ILogger<IntrospectionEndpoint> logger)
{
    private const string JwtType = "token-introspection+jwt";

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 7662 section 2.1: a form.
        var form = await RequestParameters.FromFormAsync(request, cancellationToken);
        if (form is ParametersCheck.Refused unreadable)
            return Refuse("unknown", new OAuthError("invalid_request", $"Malformed: {unreadable.Description}."), unreadable.Description);

        // RFC 7662 section 2.1: only for those who prove who they are, so that nobody can scan for tokens.
        var parameters = ((ParametersCheck.Valid)form).Parameters;
        var authentication = await authenticator.AuthenticateAsync(request, parameters, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
            return Refuse("unknown", unauthenticated.ToResult(), unauthenticated.Reason);

        var client = ((ClientCheck.Valid)authentication).Client;
        if (client.IsPublic)
            return Refuse(client.Id,
                new OAuthError("invalid_client", "A client without a secret or key of its own cannot ask.", StatusCodes.Status401Unauthorized),
                "a public client proves nothing");
        if (parameters["token"] is not { } token)
            return Refuse(client.Id, new OAuthError("invalid_request", "token is missing."), "token is missing");

        // RFC 7662 section 2.2: whatever is not in force or not the caller's looks the same.
        var answer = await introspection.DescribeAsync(token, client);
        LogIntrospected(client.Id, answer is not null);
        return Answer(request, client, answer ?? new JsonObject { ["active"] = false });
    }

    private IResult Answer(HttpRequest request, Client client, JsonObject answer)
    {
        if (client.IntrospectionAlgorithm is null && !AsksForJwt(request))
            return TypedResults.Json(answer);

        // RFC 9701 section 5: the token's claims are inside, so that the answer cannot pass for a token.
        var claims = new JsonObject
        {
            ["iss"] = options.Value.Issuer,
            ["aud"] = client.Id,
            ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["token_introspection"] = answer,
        };
        return TypedResults.Text(
            Jwt.Sign(keys.For(client.IntrospectionAlgorithm ?? JwsAlgorithm.ES256), JwtType, claims), $"application/{JwtType}");
    }

    private static bool AsksForJwt(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains($"application/{JwtType}", StringComparison.OrdinalIgnoreCase);

    private IResult Refuse(string clientId, IResult answer, string reason)
    {
        LogRefused(clientId, reason);
        IdpTelemetry.Refusals.Add(1, new KeyValuePair<string, object?>("endpoint", "introspection"));
        return answer;
    }

    [LoggerMessage(LogLevel.Debug, "{ClientId} introspected a token; active: {IsActive}.")]
    private partial void LogIntrospected(string clientId, bool isActive);

    [LoggerMessage(LogLevel.Information, "An introspection request of {ClientId} was refused: {Reason}.")]
    private partial void LogRefused(string clientId, string reason);
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Introspection;

/// <summary>Token introspection (RFC 7662), on request as a signed JWT (RFC 9701).</summary>
internal sealed partial class IntrospectionEndpoint(
    ClientAuthenticator authenticator, TokenIntrospection introspection, SigningKeys keys, IOptions<IdpOptions> options,
    TimeProvider clock, Refusals refusals, ILogger<IntrospectionEndpoint> logger)
{
    private const string Name = "introspection";
    private const string JwtType = "token-introspection+jwt";

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 7662 section 2.1: only for those who prove who they are, so that nobody can scan for tokens.
        var authentication = await authenticator.AuthenticateAsync(request, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
            return refusals.Refuse(Name, unauthenticated);

        var (client, parameters) = (ClientCheck.Valid)authentication;
        if (client.IsPublic)
            return refusals.Refuse(Name, client.Id, "invalid_client", "A client without a secret or key of its own cannot ask.");
        if (parameters["token"] is not { } token)
            return refusals.Refuse(Name, client.Id, "invalid_request", "token is missing.");

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

    [LoggerMessage(LogLevel.Debug, "{ClientId} introspected a token; active: {IsActive}.")]
    private partial void LogIntrospected(string clientId, bool isActive);
}

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Tokens.Jose;

namespace Platform.Benchmarks.Portal;

/// <summary>
/// As much of an OpenID provider as a relying party under load needs: pushed and plain authorization requests, each answered
/// with a code at once, and signed ID tokens. It checks nothing, since it is not what is measured.
/// </summary>
internal sealed class LightProvider(Func<string> issuer)
{
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.ES256);
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _pushed = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _codes = new();
    private int _people;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", () => Results.Json(Metadata()));
        routes.MapGet("/jwks", () => Results.Text(new JsonWebKeySet([_key.PublicKey]).ToJson(), "application/json"));
        routes.MapPost("/par", PushAsync);
        routes.MapGet("/authorize", Authorize);
        routes.MapPost("/token", TokenAsync);
    }

    private JsonObject Metadata() => new()
    {
        ["issuer"] = issuer(),
        ["authorization_endpoint"] = $"{issuer()}/authorize",
        ["token_endpoint"] = $"{issuer()}/token",
        ["jwks_uri"] = $"{issuer()}/jwks",
        ["pushed_authorization_request_endpoint"] = $"{issuer()}/par",
        ["authorization_response_iss_parameter_supported"] = true,
        ["response_types_supported"] = new JsonArray("code"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "private_key_jwt"),
        ["response_modes_supported"] = new JsonArray("query", "jwt"),
        ["dpop_signing_alg_values_supported"] = new JsonArray("ES256"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
    };

    private async Task<IResult> PushAsync(HttpRequest request)
    {
        var reference = $"urn:ietf:params:oauth:request_uri:{NewSecret()}";
        _pushed[reference] = await ReadAsync(request);
        return Results.Json(new JsonObject { ["request_uri"] = reference, ["expires_in"] = 60 }, statusCode: StatusCodes.Status201Created);
    }

    private IResult Authorize(HttpRequest request)
    {
        if (request.Query["request_uri"] is not [{ } reference] || !_pushed.TryRemove(reference, out var asked))
        {
            asked = request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString());
        }

        var code = NewSecret();
        _codes[code] = asked;
        var response = new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"], ["iss"] = issuer() };
        return Results.Redirect(QueryHelpers.AddQueryString(
            asked["redirect_uri"],
            asked.GetValueOrDefault("response_mode") is "jwt" ? Signed(response, asked["client_id"]) : response));
    }

    // JARM section 2.1
    private Dictionary<string, string?> Signed(Dictionary<string, string?> response, string client)
    {
        var claims = new JsonObject { ["aud"] = client, ["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 60 };
        foreach (var (name, value) in response)
        {
            claims[name] = value;
        }

        return new() { ["response"] = Jwt.Sign(_key, "JWT", claims) };
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await ReadAsync(request);
        return _codes.TryRemove(form["code"], out var asked)
            ? Results.Json(new JsonObject
            {
                ["access_token"] = NewSecret(),
                ["token_type"] = request.Headers.ContainsKey("DPoP") ? "DPoP" : "Bearer",
                ["expires_in"] = 3600,
                ["refresh_token"] = NewSecret(),
                ["id_token"] = Jwt.Sign(_key, "JWT", Claims(asked)),
            })
            : Results.Json(new JsonObject { ["error"] = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
    }

    private JsonObject Claims(Dictionary<string, string> asked)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = issuer(),
            ["sub"] = $"subject-{Interlocked.Increment(ref _people)}",
            ["aud"] = asked["client_id"],
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["auth_time"] = now,
            ["nonce"] = asked["nonce"],
            ["sid"] = $"{Guid.NewGuid()}",
            ["name"] = SurroundingsServer.PersonName,
            ["email"] = SurroundingsServer.PersonEmail,
        };
    }

    private static async Task<Dictionary<string, string>> ReadAsync(HttpRequest request) =>
        (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

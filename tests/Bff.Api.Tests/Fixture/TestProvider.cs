using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Fixture;

/// <summary>
/// An authorization server of the tests' own: it keeps the rules (client authentication, PAR, PKCE, one-time codes, DPoP) and
/// signs real tokens and responses, but can be told to answer wrongly. Everyone who comes to /authorize is signed in at once.
/// </summary>
internal sealed partial class TestProvider : IAsyncDisposable
{
    public const string ClientId = "bff-server";
    public const string ClientSecret = "a secret: with+signs/and=more%";

    private readonly WebApplication _app;
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.ES256);
    private readonly SigningKey _nextKey = SigningKey.Create(JwsAlgorithm.ES256);
    private readonly ManualClock _clock;
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _pushed = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _codes = new();
    private readonly ConcurrentDictionary<string, string> _refreshTokens = new();

    private TestProvider(ManualClock clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => OwnMetadata());
        _app.MapGet("/jwks", () => Results.Text(Keys().ToJson(), "application/json"));
        foreach (var prefix in (string[])["", "/moved"])
        {
            _app.MapPost($"{prefix}/par", Push);
            _app.MapPost($"{prefix}/token", Token);
        }

        _app.MapGet("/authorize", Authorize);
        MapUserInfo(_app);
        _app.MapPost("/revoke", Revoke);
        _app.MapPost("/register", Register);
        _app.MapPut("/register/{clientId}", Change);
    }

    public string Issuer => _app.Urls.Single();

    public string Subject { get; set; } = "";

    public string SessionId { get; set; } = "";

    /// <summary>Changes the metadata, for replicas that have not fetched it yet.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>Changes the parameters of the next authorization responses.</summary>
    public Action<Dictionary<string, string?>> Response { get; set; } = _ => { };

    /// <summary>Changes the claims of the next ID tokens.</summary>
    public Action<JsonObject> IdToken { get; set; } = _ => { };

    /// <summary>Changes the next token responses.</summary>
    public Action<JsonObject> TokenResponse { get; set; } = _ => { };

    public bool SignsWithNextKey { get; set; }

    public bool PublishesNextKey { get; set; }

    public int TokenStatus { get; set; }

    /// <summary>The error where <see cref="TokenStatus"/> is not 200.</summary>
    public string TokenError { get; set; } = "invalid_grant";

    /// <summary>Gives refresh tokens, each for one use.</summary>
    public bool Refreshes { get; set; }

    /// <summary>What a refresh waits for before it is answered.</summary>
    public Task RefreshGate { get; set; } = Task.CompletedTask;

    public int RefreshesBegun => _refreshesBegun;

    private int _refreshesBegun;

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Form, string? TraceParent)> Forms { get; } = new();

    public ConcurrentQueue<string> Issued { get; } = new();

    public static async Task<TestProvider> StartAsync(ManualClock clock)
    {
        var provider = new TestProvider(clock);
        await provider._app.StartAsync();
        provider.Reset();
        return provider;
    }

    public void Reset()
    {
        Subject = Guid.NewGuid().ToString();
        SessionId = Guid.NewGuid().ToString();
        Response = _ => { };
        IdToken = _ => { };
        TokenResponse = _ => { };
        TokenStatus = StatusCodes.Status200OK;
        TokenError = "invalid_grant";
        Refreshes = false;
        Metadata = _ => { };
        Nonce = null;
        UserInfo = null;
        UserInfoRequests.Clear();
        RefreshGate = Task.CompletedTask;
        RevocationStatus = StatusCodes.Status200OK;
        GrantGate = Task.CompletedTask;
        _refreshesBegun = 0;
        Registration = _ => { };
        RegistrationRefusal = null;
        Registrations.Clear();
        Forms.Clear();
        Issued.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _nextKey.Dispose();
    }

    private JsonObject OwnMetadata()
    {
        var metadata = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["jwks_uri"] = $"{Issuer}/jwks",
            ["pushed_authorization_request_endpoint"] = $"{Issuer}/par",
            ["registration_endpoint"] = $"{Issuer}/register",
            ["end_session_endpoint"] = $"{Issuer}/end_session",
            ["revocation_endpoint"] = $"{Issuer}/revoke",
            ["authorization_response_iss_parameter_supported"] = true,
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query", "jwt"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["dpop_signing_alg_values_supported"] = new JsonArray("ES256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt", "client_secret_post", "client_secret_basic"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        };
        Metadata(metadata);
        return metadata;
    }

    private async Task<IResult> Push(HttpRequest request)
    {
        var form = await ReadAsync(request);
        if (!await IsClientAsync(request, form) || form["client_id"] != ClientId)
        {
            return Error(401, "invalid_client");
        }

        if (Prove(request, form) is { } unproved)
        {
            return unproved;
        }

        var reference = $"urn:ietf:params:oauth:request_uri:{Guid.NewGuid()}";
        _pushed[reference] = form;
        return Results.Json(new JsonObject { ["request_uri"] = reference, ["expires_in"] = 60 }, statusCode: 201);
    }

    private IResult Authorize(HttpRequest request)
    {
        if (Requested(request) is not { } pushed)
        {
            return Results.BadRequest();
        }

        var code = Guid.NewGuid().ToString();
        Issued.Enqueue(code);
        _codes[code] = pushed;
        var response = new Dictionary<string, string?> { ["code"] = code, ["state"] = pushed["state"], ["iss"] = Issuer };
        Response(response);
        return Results.Redirect(QueryHelpers.AddQueryString(
            pushed["redirect_uri"], pushed.GetValueOrDefault("response_mode") is "jwt" ? Sign(response) : response));
    }

    private Dictionary<string, string>? Requested(HttpRequest request)
    {
        if (request.Query["request_uri"] is [{ } reference])
        {
            return _pushed.TryRemove(reference, out var pushed) && request.Query.Count == 2 ? pushed : null;
        }

        return request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString());
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await ReadAsync(request);
        if (!await IsClientAsync(request, form))
        {
            return Error(401, "invalid_client");
        }

        if (Prove(request, form) is { } unproved)
        {
            return unproved;
        }

        if (TokenStatus != StatusCodes.Status200OK)
        {
            return Error(TokenStatus, TokenError);
        }

        if (form["grant_type"] is "refresh_token")
        {
            return await RefreshAsync(form);
        }

        if (form["grant_type"] is not "authorization_code")
        {
            return await GrantAsync(form);
        }

        if (!_codes.TryRemove(form["code"], out var pushed) || pushed["redirect_uri"] != form["redirect_uri"] ||
            pushed.GetValueOrDefault("code_challenge") != Challenge(form.GetValueOrDefault("code_verifier")) ||
            pushed.GetValueOrDefault("dpop_jkt") is { } bound && bound != form.GetValueOrDefault(ProvedKey))
        {
            return Error(400, "invalid_grant");
        }

        var accessToken = $"access-{Guid.NewGuid()}";
        var response = new JsonObject
        {
            ["access_token"] = accessToken,
            ["token_type"] = form.ContainsKey(ProvedKey) ? "DPoP" : "Bearer",
            ["expires_in"] = 3600,
            ["id_token"] = SignIdToken(pushed["nonce"], accessToken),
        };
        AddRefreshToken(response);
        TokenResponse(response);
        Issued.Enqueue(accessToken);
        Issued.Enqueue((string?)response["id_token"] ?? accessToken);
        return Results.Json(response);
    }

    private JsonWebKeySet Keys() => new(PublishesNextKey ? [_key.PublicKey, _nextKey.PublicKey] : [_key.PublicKey]);

    private string SignIdToken(string nonce, string accessToken)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Subject,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["auth_time"] = now,
            ["nonce"] = nonce,
            ["sid"] = SessionId,
            ["name"] = "Ada Lovelace",
            ["email"] = "ada@example.com",
            ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(..16)),
        };
        IdToken(claims);
        return Jwt.Sign(SignsWithNextKey ? _nextKey : _key, "JWT", claims);
    }

    private async Task<Dictionary<string, string>> ReadAsync(HttpRequest request)
    {
        var form = (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Forms.Enqueue((request.Path, form, request.Headers.TraceParent));
        return form;
    }

    private static string? Challenge(string? verifier) =>
        verifier is null ? null : Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static IResult Error(int status, string error) =>
        Results.Json(new JsonObject { ["error"] = error, ["error_description"] = "the test says so" }, statusCode: status);
}

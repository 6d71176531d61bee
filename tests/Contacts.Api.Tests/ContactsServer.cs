using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Contacts.Authorization;
using Platform.Contacts.Contacts;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.Contacts.Tests;

/// <summary>The API and an issuer that it trusts, both on a real Kestrel.</summary>
public sealed class ContactsServer : IAsyncLifetime
{
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.ES256);
    private readonly ManualClock _clock = new();
    private WebApplication? _issuer;
    private WebApplication? _api;

    public const string ApiUrl = "https://contacts.example";

    public DateTimeOffset Now => _clock.GetUtcNow();

    public HttpClient Http { get; } = new();

    public string Issuer { get; private set; } = "";

    public bool IsIssuerDown { get; set; }

    /// <summary>Who the API asks as; without it, tokens are checked by their signature.</summary>
    public (string ClientId, string ClientSecret)? Introspects { get; init; }

    /// <summary>What the issuer answers when it is asked about a token.</summary>
    public Func<string, IResult> Introspection { get; set; } = _ => Results.Json(new { active = false });

    public async ValueTask InitializeAsync()
    {
        _issuer = await StartIssuerAsync();
        Issuer = _issuer.Urls.Single();

        var builder = NewBuilder();
        builder.Configuration["Oidc:Issuer"] = Issuer;
        builder.Configuration["Oidc:ApiUrl"] = ApiUrl;
        if (Introspects is { } asks)
        {
            builder.Configuration["Oidc:Introspection:ClientId"] = asks.ClientId;
            builder.Configuration["Oidc:Introspection:ClientSecret"] = asks.ClientSecret;
        }

        builder.AddServiceDefaults();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddProblemDetails();
        builder.AddAccessTokens();
        _api = builder.Build();
        _api.UseStatusCodePages();
        _api.UseAuthentication();
        _api.UseAuthorization();
        _api.MapDefaultEndpoints();
        _api.MapContacts();
        await _api.StartAsync();
        Http.BaseAddress = new Uri(_api.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _api!.DisposeAsync();
        await _issuer!.DisposeAsync();
        _key.Dispose();
    }

    /// <summary>A good token for the owner, changed as wanted.</summary>
    public string Token(string owner = "ada", Action<JsonObject>? change = null, string type = "at+jwt") =>
        Jwt.Sign(_key, type, Claims(owner, change));

    /// <summary>What a good token says, changed as wanted.</summary>
    public JsonObject Claims(string owner = "ada", Action<JsonObject>? change = null)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = owner,
            ["aud"] = "urn:platform:contacts-api",
            ["client_id"] = "bff-server",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = "at-1",
            ["scope"] = "openid contacts.read",
        };
        change?.Invoke(claims);
        return claims;
    }

    private static string Basic => $"Basic {Convert.ToBase64String("contacts:s%2Bcret"u8)}";

    private async Task<WebApplication> StartIssuerAsync()
    {
        var app = NewBuilder().Build();
        app.MapGet("/.well-known/openid-configuration", () => IsIssuerDown ? Results.StatusCode(500) : Results.Json(new
        {
            issuer = Issuer,
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            jwks_uri = $"{Issuer}/jwks",
            introspection_endpoint = $"{Issuer}/introspect",
        }));
        app.MapPost("/introspect", async (HttpRequest request) =>
            request.Headers.Authorization == Basic && (await request.ReadFormAsync())["token"] is [{ } token]
                ? Introspection(token)
                : Results.Unauthorized());
        app.MapGet("/jwks", () => Results.Text(new JsonWebKeySet([_key.PublicKey]).ToJson(), "application/json"));
        await app.StartAsync();
        return app;
    }

    private static WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}

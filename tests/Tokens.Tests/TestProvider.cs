using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Testing;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests;

/// <summary>An OpenID provider as far as a receiver of tokens sees it: metadata and keys over real HTTP.</summary>
public sealed class TestProvider : IAsyncLifetime
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private int _keyRequests;
    private int _metadataRequests;

    public TestProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref _metadataRequests);
            return IsDown ? Results.StatusCode(500) : Results.Text(Metadata.ToJsonString(), "application/json");
        });
        _app.MapGet("/jwks", async () =>
        {
            Interlocked.Increment(ref _keyRequests);
            KeysRequested.TrySetResult();
            await Gate.Task;
            return IsDown ? Results.StatusCode(500) : Results.Text(Keys, "application/json");
        });
    }

    public string Issuer { get; private set; } = "";

    public JsonObject Metadata { get; private set; } = [];

    public string Keys { get; set; } = TestKeys.Set.ToJson();

    public bool IsDown { get; set; }

    public TaskCompletionSource KeysRequested { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What answers for keys wait for.</summary>
    public TaskCompletionSource Gate { get; set; } = Opened();

    public int KeyRequests => _keyRequests;

    public int MetadataRequests => _metadataRequests;

    public ManualClock Clock { get; } = new();

    public ProviderClient Client() => new(_http, Issuer, Clock);

    public void Publish(params SigningKey[] keys) =>
        Keys = new JsonWebKeySet(keys.Select(key => key.PublicKey)).ToJson();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Issuer = _app.Urls.Single();
        Metadata = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/jwks",
        };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }
}

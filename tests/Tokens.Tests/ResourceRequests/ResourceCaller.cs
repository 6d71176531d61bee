using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;
using Platform.Tokens.ResourceRequests;

namespace Platform.Tokens.Tests.ResourceRequests;

/// <summary>Calls a protected resource with tokens of a provider.</summary>
internal sealed class ResourceCaller : IAsyncLifetime
{
    public const string Address = "https://api.example/contacts";
    private const string Audience = "urn:example:api";
    public const string Certificate = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";
    public const string Algorithms = "algs=\"ES256 PS256\"";

    public static readonly SigningKey Key = TestKeys.Foreign;
    public static readonly Confirmation BoundToKey = new(Key.PublicKey.Thumbprint);

    private readonly TestProvider _provider = new();

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    public TimeProvider Clock => _provider.Clock;

    public AccessTokenRules Rules => new(_provider.Issuer, Audience, TimeSpan.FromSeconds(10));

    public string Token(Confirmation? confirmation = null)
    {
        var now = _provider.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = _provider.Issuer,
            ["sub"] = "ada",
            ["aud"] = Audience,
            ["client_id"] = "bff-server",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = "at-1",
        };
        if (confirmation is not null)
        {
            claims["cnf"] = confirmation.ToJson();
        }

        return Jwt.Sign(TestKeys.Es256, "at+jwt", claims);
    }

    public string Proof(string token, SigningKey? key = null) =>
        DPoPProofs.Create(key ?? Key, "GET", $"{Address}?page=1", null, token, _provider.Clock.GetUtcNow());

    public ValueTask<ResourceRequestCheck> Validate(
        StringValues authorization, StringValues proof = default, string? certificate = null) =>
        new ResourceRequestValidator(
                new AccessTokenValidator(_provider.Client(), Rules, _provider.Clock), DPoPRules.Default, _provider.Clock)
            .ValidateAsync(
                new ResourceRequest("GET", Address, authorization, proof, certificate), TestContext.Current.CancellationToken);

    public static void RefusesDPoP(string error, string reason, ResourceRequestCheck check) =>
        Refuses(401, error, reason, [$"DPoP error=\"{error}\", {Algorithms}"], check);

    public static void Refuses(
        int status, string? error, string reason, string[] challenge, ResourceRequestCheck check) =>
        Assert.Equal(new ResourceRequestCheck.Refused(status, error, reason, challenge), check);
}

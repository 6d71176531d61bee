using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Conformance;

/// <summary>A server as docs/conformance configures it, at which the plan's clients register themselves.</summary>
public sealed class OpenPlanServer : IdpServer
{
    internal const string Callback = "https://suite.test/test/a/platform/callback";

    public OpenPlanServer() => Settings["Idp:Registration:Open"] = "true";

    internal override IReadOnlyDictionary<string, string> MoreFiles => new Dictionary<string, string>
    {
        ["dcr_config.yaml"] = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "conformance", "dcr_config.yaml")),
    };

    /// <summary>Registers as the suite does: without scope, and without what the specifications have defaults for.</summary>
    internal async Task<JsonObject> RegisterAsync(JsonObject more)
    {
        var metadata = new JsonObject
        {
            ["client_name"] = "Conformance",
            ["redirect_uris"] = new JsonArray(Callback),
            ["response_types"] = new JsonArray("code"),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["contacts"] = new JsonArray("certification@suite.test"),
        };
        foreach (var (name, value) in more)
        {
            metadata[name] = value?.DeepClone();
        }

        using var http = NewClient();
        using var response = await http.PostAsync("/register", new StringContent(
            metadata.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonNode.Parse(answer)!.AsObject();
    }

    internal string AssertionFor(string client, SigningKey key)
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        return Jwt.Sign(key, "JWT", new JsonObject
        {
            ["iss"] = client,
            ["sub"] = client,
            ["aud"] = $"{Issuer}/token",
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["exp"] = now + 60,
        });
    }
}

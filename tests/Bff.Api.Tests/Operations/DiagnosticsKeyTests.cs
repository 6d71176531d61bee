using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Operations;

/// <summary>A portal that tells a machine with a key what it has.</summary>
public sealed class KeyedPortal : FullPortal
{
    public const string Key = "a-key-of-the-machines-own-with-40-letters";

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Bff:Diagnostics:Key"] = Key;
        return settings;
    }

    private protected override IEnumerable<string> Issued() => base.Issued().Append(Key);
}

public sealed class DiagnosticsKeyTests(KeyedPortal portal) : IClassFixture<KeyedPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Shows_a_machine_with_the_key_what_must_match_at_the_provider_and_no_secret()
    {
        using var answer = await AskAsync(KeyedPortal.Key);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = await Browser.JsonAsync(answer);
        var provider = json.GetProperty("providers")[0];
        Assert.Equal([$"{Portal.Origin}/auth/callback"], Texts(provider.GetProperty("redirectUris")));
        Assert.Contains("openid", Texts(provider.GetProperty("scopes")));
        Assert.Equal(["ES256", "PS256"], Texts(provider.GetProperty("algorithms")));
        Assert.Equal($"{Portal.Origin}/.well-known/jwks.json", provider.GetProperty("client").GetProperty("jwks_uri").GetString());
        Assert.Equal(_portal.Provider.Issuer, provider.GetProperty("metadata").GetProperty("issuer").GetString());
        Assert.Equal(_portal.Clock.GetUtcNow(), json.GetProperty("now").GetDateTimeOffset());
        Assert.False(json.GetProperty("events").GetProperty("silent").GetBoolean());
        Assert.Equal("not_wanted", json.GetProperty("registration").GetProperty("state").GetString());
        _portal.Secrets.EnsureAbsent([json.GetRawText()], "the diagnostics");
        Assert.DoesNotContain("\"d\"", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_keys_that_are_published_and_the_one_that_signs()
    {
        using var answer = await AskAsync(KeyedPortal.Key);
        using var browser = _portal.Browser();
        using var published = await browser.SendAsync(HttpMethod.Get, "/.well-known/jwks.json", crossSite: true);

        var keys = (await Browser.JsonAsync(answer)).GetProperty("providers")[0].GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(
            (await Browser.JsonAsync(published)).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()),
            keys.Select(key => key.GetProperty("keyId").GetString()));
        Assert.Single(keys, key => key.GetProperty("signs").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-key-of-the-machines-own-with-40-letterz")]
    [InlineData(KeyedPortal.Key + "s")]
    [InlineData(KeyedPortal.Key + "," + KeyedPortal.Key)]
    public async Task Is_not_there_with_another_key(string key)
    {
        using var answer = await AskAsync(key);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Is_not_there_with_any_key_where_none_is_set()
    {
        await using var closed = await _portal.StartAsync(("Bff:Diagnostics:Key", ""));

        using var empty = await AskAsync("", closed);
        using var guessed = await AskAsync(KeyedPortal.Key, closed);

        Assert.Equal(HttpStatusCode.NotFound, empty.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
    }

    [Fact]
    public async Task Says_why_the_metadata_of_a_provider_cannot_be_had()
    {
        await using var replica = await _portal.StartAsync(("Oidc:Issuer", "http://127.0.0.1:1"));

        using var answer = await AskAsync(KeyedPortal.Key, replica);

        var provider = (await Browser.JsonAsync(answer)).GetProperty("providers")[0];
        Assert.Contains("http://127.0.0.1:1", provider.GetProperty("metadataFault").GetString());
        Assert.Equal(JsonValueKind.Null, provider.GetProperty("metadata").ValueKind);
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("a key with blanks, although it is more than long enough")]
    public async Task A_key_that_can_be_guessed_or_not_be_sent_stops_the_start(string key)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => _portal.StartAsync(("Bff:Diagnostics:Key", key)));

        Assert.Contains("Bff:Diagnostics:Key must have 32 characters or more", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refusal.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(string key, BffReplica? replica = null)
    {
        using var machine = _portal.Browser(replica);
        return await machine.CallAsync("/auth/diagnostics", null, ("X-API-Key", key));
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString());
}

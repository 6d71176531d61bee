using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Operations;

/// <summary>A portal with administrators.</summary>
public sealed class AdministeredPortal : Portal
{
    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Bff:Diagnostics:Claim"] = "roles";
        settings["Bff:Diagnostics:Value"] = "admin";
        return settings;
    }
}

public sealed class DiagnosticsTests(AdministeredPortal portal) : IClassFixture<AdministeredPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Shows_an_administrator_the_state_of_the_replica_and_no_secret()
    {
        using var answer = await AskAsync(new JsonArray("editor", "admin"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = await Browser.JsonAsync(answer);
        var provider = json.GetProperty("providers")[0];
        Assert.Equal(_portal.Provider.Issuer, provider.GetProperty("issuer").GetString());
        Assert.Equal($"{_portal.Provider.Issuer}/token", provider.GetProperty("endpoints").GetProperty("token").GetString());
        Assert.Equal("stateful", json.GetProperty("sessions").GetProperty("mode").GetString());
        Assert.Contains(json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "session-endings");
        _portal.Secrets.EnsureAbsent([json.GetRawText()], "the diagnostics");
        Assert.DoesNotContain(_portal.Settings()["DataProtection:Secret"], json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_reason_when_the_provider_is_away_and_stays_ready()
    {
        _portal.Provider.IdToken = claims => claims["roles"] = "admin";
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var settings = _portal.Settings();
        settings["Oidc:Issuer"] = "http://127.0.0.1:1";
        await using var replica = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
        using var elsewhere = _portal.Browser(replica);
        elsewhere.Cookies["__Host-bff"] = browser.Cookies["__Host-bff"];

        using var answer = await elsewhere.CallAsync("/auth/diagnostics");
        using var ready = await elsewhere.NavigateAsync("/health");

        var json = await Browser.JsonAsync(answer);
        var check = json.GetProperty("checks").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "providers");
        Assert.Equal("Degraded", check.GetProperty("status").GetString());
        Assert.Contains("http://127.0.0.1:1", check.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("providers")[0].GetProperty("endpoints").ValueKind);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Theory]
    [InlineData("\"editor\"")]
    [InlineData("[\"administrator\", 1]")]
    [InlineData("{\"admin\":true}")]
    [InlineData("null")]
    public async Task Is_not_there_for_anybody_else(string roles)
    {
        using var answer = await AskAsync(JsonNode.Parse(roles));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Is_not_there_without_a_session_nor_where_nobody_is_an_administrator()
    {
        using var stranger = _portal.Browser();
        using var without = await stranger.CallAsync("/auth/diagnostics");
        var settings = _portal.Settings();
        settings.Remove("Bff:Diagnostics:Claim");
        settings.Remove("Bff:Diagnostics:Value");
        await using var closed = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
        _portal.Provider.IdToken = claims => claims["roles"] = "admin";
        using var browser = _portal.Browser(closed);
        await browser.SignInAsync();
        using var nobody = await browser.CallAsync("/auth/diagnostics");

        Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(JsonNode? roles)
    {
        _portal.Provider.IdToken = claims => claims["roles"] = roles?.DeepClone();
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        return await browser.CallAsync("/auth/diagnostics");
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Recent;

/// <summary>What administrators see of the last events, and who is no administrator.</summary>
public sealed class RecentEventsEndpointTests : IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();
    private readonly RedisServer _redis = new();
    private readonly Transmitter _issuer = new();
    private readonly HttpClient _http = new();
    private ConsumerService _service = null!;

    public async ValueTask InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _service = await ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _http.Dispose();
        await _issuer.DisposeAsync();
        _kafka.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task Shows_what_each_event_did_and_neither_tokens_nor_whole_addresses()
    {
        var sessions = new SessionsOf(_redis.Connection, _issuer.Issuer);
        await sessions.SignInAsync("ada", email: "ada.lovelace@example.com");
        var set = _issuer.Sign(_issuer.SessionRevoked(new SubjectIdentifier.Email("ada.lovelace@example.com")));
        await _kafka.PublishAsync("ada", set);

        JsonElement[] shown = [];
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                using var response = await AskAsync(AccessToken("signals.read"));
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.DoesNotContain("ada.lovelace", text, StringComparison.Ordinal);
                Assert.DoesNotContain(set.Split('.')[2], text, StringComparison.Ordinal);
                shown = [.. JsonElement.Parse(text).EnumerateArray()];
                return shown.Length == 1;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("kafka", shown[0].GetProperty("door").GetString());
        Assert.Equal("applied", shown[0].GetProperty("outcome").GetString());
        Assert.Equal("end-session", shown[0].GetProperty("effect").GetString());
        Assert.Equal(1, shown[0].GetProperty("sessions").GetInt32());
        Assert.Equal("a…@example.com", shown[0].GetProperty("subject").GetString());
        Assert.Equal(EventTypes.SessionRevoked, shown[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Refuses_whoever_has_no_access_token_with_the_scope()
    {
        using var nobody = await AskAsync(null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.First().Scheme);

        using var forged = await AskAsync("e30.e30.e30");
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);

        using var other = await AskAsync(AccessToken("contacts.read"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Contains("signals.read", other.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        using var elsewhere = await AskAsync(AccessToken("signals.read", audience: "urn:platform:contacts-api"));
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Answers_503_with_a_problem_while_Redis_is_away()
    {
        using var before = await AskAsync(AccessToken("signals.read"));
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        _redis.Stop();

        await IsAwayAsync("Redis, which has the list, is away.");
    }

    [Fact]
    public async Task Answers_503_with_a_problem_while_the_issuers_keys_are_away()
    {
        await _service.DisposeAsync();
        _issuer.IsAway = true;
        _service = await ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer);

        await IsAwayAsync("The issuer's keys are away.");
    }

    private async Task IsAwayAsync(string detail)
    {
        using var response = await AskAsync(AccessToken("signals.read"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    // RFC 9068
    private string AccessToken(string scope, string audience = Transmitter.Audience)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return _issuer.SignAccessToken(new JsonObject
        {
            ["iss"] = _issuer.Issuer,
            ["sub"] = "admin-cli",
            ["client_id"] = "admin-cli",
            ["aud"] = audience,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["scope"] = scope,
        });
    }

    private Task<HttpResponseMessage> AskAsync(string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.Address, "/events/recent?count=10"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

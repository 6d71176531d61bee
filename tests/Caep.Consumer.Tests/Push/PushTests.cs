using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Push;

/// <summary>The push endpoint (RFC 8935) of the whole service, with a broker and Redis behind it.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const string Token = "acme-pushes-with-this-token-of-43-characters";
    private const string Audience = "https://portal.example/caep";

    private readonly KafkaServer _kafka = new();
    private readonly RedisServer _redis = new();
    private readonly Transmitter _issuer = new();
    private readonly Transmitter _acme = new();
    private readonly HttpClient _http = new();
    private ConsumerService _service = null!;

    public async ValueTask InitializeAsync()
    {
        await _issuer.InitializeAsync();
        await _acme.InitializeAsync();
        _service = await ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer, Configure);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _http.Dispose();
        await _acme.DisposeAsync();
        await _issuer.DisposeAsync();
        _kafka.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task X9_takes_an_event_with_202_and_applies_it()
    {
        var sessions = new SessionsOf(_redis.Connection, _acme.Issuer);
        var session = await sessions.SignInAsync("ada");

        using var response = await PushAsync(Signed(Revoked()));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength ?? 0);
        await Eventually.BecomesTrueAsync(() => sessions.IsDeadAsync(session), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Refuses_whoever_does_not_show_a_token_of_a_transmitter()
    {
        await RefusesAsync("authentication_failed", Signed(Revoked()), token: null);
        await RefusesAsync("authentication_failed", Signed(Revoked()), token: Token[..^1]);
        await RefusesAsync("authentication_failed", Signed(Revoked()), token: Token, scheme: "Basic");
        Assert.DoesNotContain(_service.Logs.Lines, line => line.Contains(Token[..^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Threat22_a_transmitter_delivers_no_events_of_another() => await RefusesAsync(
        "access_denied", _issuer.Sign(_issuer.SessionRevoked(_issuer.User("ada"))));

    [Fact]
    public async Task Threat22_refuses_forgeries_each_with_its_code()
    {
        await RefusesAsync("invalid_key", _acme.Forge(Revoked() with { Audience = Audience }));
        await RefusesAsync("invalid_audience", _acme.Sign(Revoked()));
        await RefusesAsync("invalid_issuer", _acme.Sign(Revoked() with { Issuer = "https://other.example" }));
        await RefusesAsync("access_denied", Signed(_acme.SessionRevoked(_issuer.User("ada"))));
        await RefusesAsync("invalid_request", "not a token");
        await RefusesAsync("invalid_request", Signed(_acme.Event(EventTypes.CredentialChange, _acme.User("ada"))));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/jwt")]
    public async Task Refuses_another_media_type(string type) => await RefusesAsync("invalid_request", Signed(Revoked()), type: type);

    [Fact]
    public async Task Refuses_what_is_too_large()
    {
        using var response = await PushAsync(new string('x', 4097));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Answers_429_to_too_many()
    {
        // The window may begin anew in between, once.
        for (var attempt = 0; attempt < 41; attempt++)
        {
            using var response = await PushAsync("x", token: null);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(response.Headers.RetryAfter);
                return;
            }
        }

        Assert.Fail("41 pushes were taken where 20 a minute are allowed.");
    }

    [Fact]
    public async Task Leaves_an_event_with_its_transmitter_while_its_keys_cannot_be_had()
    {
        _acme.IsAway = true;
        await using var service = await ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer, Configure);

        using var response = await PushAsync(Signed(Revoked()), to: service);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_push_is_of_the_flow_that_the_transmitter_names_by_the_same_jti()
    {
        using var spans = new SpanRecorder("Microsoft.AspNetCore");
        var revoked = Revoked();

        using var taken = await PushAsync(Signed(revoked), trace: spans);
        using var refused = await PushAsync("nonsense", trace: spans);
        using var unknown = await PushAsync(Signed(Revoked()), token: null, trace: spans);

        var first = await spans.RequestAsync("/events", 1, TestContext.Current.CancellationToken);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"event\n{revoked.JwtId}")).AsSpan(0, 8)),
            first.GetTagItem("platform.flow.id"));
        Assert.Equal(EventTypes.SessionRevoked, first.GetTagItem("platform.request.event_type"));
        Assert.Equal(2, SpanRecorder.ChecksOf(first).Count());
        var second = await spans.RequestAsync("/events", 2, TestContext.Current.CancellationToken);
        Assert.Equal(("invalid_request", null), (second.GetTagItem("error.type"), second.GetTagItem("platform.flow.id")));
        var third = await spans.RequestAsync("/events", 3, TestContext.Current.CancellationToken);
        Assert.Equal("authentication_failed", third.GetTagItem("error.type"));
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Transmitters:acme:Issuer"] = _acme.Issuer;
        builder.Configuration["Transmitters:acme:Audience"] = Audience;
        builder.Configuration["Transmitters:acme:PushToken"] = Token;
        builder.Configuration["Push:LargestEvent"] = "4096";
        builder.Configuration["Push:PerMinute"] = "20";
    }

    private SecurityEventToken Revoked() => _acme.SessionRevoked(_acme.User("ada"));

    private string Signed(SecurityEventToken token) => _acme.Sign(token with { Audience = Audience });

    private async Task RefusesAsync(
        string error, string set, string? token = Token, string scheme = "Bearer", string type = "application/secevent+jwt")
    {
        using var response = await PushAsync(set, token, scheme, type);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("en", response.Content.Headers.ContentLanguage.Single());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var body = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(error, body.GetProperty("err").GetString());
        Assert.NotEmpty(body.GetProperty("description").GetString()!);
    }

    private async Task<HttpResponseMessage> PushAsync(
        string set, string? token = Token, string scheme = "Bearer", string type = "application/secevent+jwt", ConsumerService? to = null,
        SpanRecorder? trace = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((to ?? _service).Address, "/events"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue(scheme, token);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(set));

        // Or what is refused unread would break off the connection that it is still being sent on.
        request.Headers.ExpectContinue = true;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (trace is not null)
        {
            request.Headers.Add("traceparent", trace.TraceParent);
        }

        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

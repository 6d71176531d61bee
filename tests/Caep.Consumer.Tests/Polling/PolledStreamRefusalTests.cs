using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Caep.Polling;
using Platform.Caep.Tests.Fixtures;
using Platform.Caep.Transmitters;
using Platform.Testing;

namespace Platform.Caep.Tests.Polling;

/// <summary>Transmitters that do not give what is needed for a stream, and what can be done without (SSF 1.0 section 8.1).</summary>
public sealed class PolledStreamRefusalTests : IAsyncLifetime
{
    private readonly Transmitter _transmitter;
    private readonly ManualClock _clock = new();
    private readonly HttpClient _http = new();
    private readonly ForeignTransmitterOptions _options = new() { Audience = PolledTransmitter.Audience, Poll = new() { Token = "a token" } };
    private readonly Dictionary<string, Func<IResult>> _answers;

    public PolledStreamRefusalTests()
    {
        _transmitter = new Transmitter(Map);
        _answers = new()
        {
            ["GET /stream"] = () => Results.Json(Array.Empty<object>()),
            ["POST /stream"] = () => Results.Json(Stream($"{_transmitter.Issuer}/poll")),
            ["DELETE /stream"] = () => Results.NoContent(),
            ["PATCH /stream"] = () => Results.Ok(),
            ["GET /status"] = () => Results.Json(new { status = "enabled" }),
            ["POST /verify"] = () => Results.NoContent(),
        };
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _transmitter.InitializeAsync();
        _options.Issuer = _transmitter.Issuer;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _transmitter.DisposeAsync();
    }

    [Fact]
    public async Task A_transmitter_with_fixed_keys_has_no_metadata_that_says_where_streams_are()
    {
        _options.JwksUri = $"{_transmitter.Issuer}/jwks";

        Assert.Equal("The transmitter acme has a JwksUri, and so no metadata: set its Poll:Endpoint.", await RefusalAsync());
    }

    [Fact]
    public async Task A_transmitter_without_a_configuration_endpoint_has_no_streams()
    {
        _transmitter.Without = "configuration_endpoint";

        Assert.Equal("The transmitter's metadata has no configuration_endpoint: set Poll:Endpoint.", await RefusalAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => Create().RemoveAsync(Cancelled));
    }

    [Theory]
    [InlineData("GET /stream")]
    [InlineData("POST /stream")]
    public async Task A_transmitter_that_shows_or_makes_no_stream_is_asked_later(string call)
    {
        _answers[call] = () => Results.StatusCode(500);

        Assert.Equal(HttpStatusCode.InternalServerError, (await Assert.ThrowsAsync<HttpRequestException>(OpenAsync)).StatusCode);
    }

    [Fact]
    public async Task A_stream_that_is_made_must_be_told()
    {
        _answers["POST /stream"] = Results.NoContent;

        Assert.Equal("The transmitter did not answer with the stream that it created.", await RefusalAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no address")]
    [InlineData("http://elsewhere.example/poll")]
    public async Task Tokens_do_not_travel_to_an_address_that_is_not_safe(string? address)
    {
        _answers["POST /stream"] = () => Results.Json(Stream(address));

        Assert.Equal("The stream has no endpoint_url that is safe to poll.", await RefusalAsync());
    }

    [Theory]
    [InlineData("PATCH /stream", 403, "events_requested")]
    [InlineData("GET /status", 404, "")]
    public async Task A_stream_of_before_that_may_not_be_changed_is_polled_as_it_is(string call, int status, string unlike)
    {
        _answers["GET /stream"] = () => Results.Json(new[] { Stream($"{_transmitter.Issuer}/poll", unlike == "" ? null : ["urn:other"]) });
        _answers[call] = () => Results.StatusCode(status);
        var stream = Create();

        Assert.Equal($"{_transmitter.Issuer}/poll", (await stream.OpenAsync(Cancelled)).ToString());
        Assert.Contains($"{status}", stream.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_before_is_not_polled_while_it_is_not_known_whether_it_is_enabled()
    {
        _answers["GET /stream"] = () => Results.Json(new[] { Stream($"{_transmitter.Issuer}/poll") });
        _answers["GET /status"] = () => Results.StatusCode(500);

        Assert.Equal(HttpStatusCode.InternalServerError, (await Assert.ThrowsAsync<HttpRequestException>(OpenAsync)).StatusCode);
    }

    [Theory]
    [InlineData(500, "Response status code does not indicate success: 500 (Internal Server Error).")]
    [InlineData(404, "Response status code does not indicate success: 404 (Not Found).")]
    [InlineData(429, null)] // SSF 1.0 section 8.1.4: it was asked a moment ago
    public async Task A_stream_that_cannot_be_verified_is_polled_all_the_same(int status, string? reason)
    {
        _answers["POST /verify"] = () => Results.StatusCode(status);
        var stream = Create();

        Assert.Equal($"{_transmitter.Issuer}/poll", (await stream.OpenAsync(Cancelled)).ToString());
        Assert.Equal(reason, stream.Unverified);
        Assert.Null(stream.State);
    }

    [Fact]
    public async Task A_stream_that_is_not_there_need_not_be_removed() => Assert.False(await Create().RemoveAsync(Cancelled));

    [Fact]
    public async Task A_transmitter_that_does_not_remove_its_stream_is_asked_later()
    {
        _answers["GET /stream"] = () => Results.Json(new[] { Stream($"{_transmitter.Issuer}/poll") });
        _answers["DELETE /stream"] = () => Results.StatusCode(403);

        await Assert.ThrowsAsync<HttpRequestException>(() => Create().RemoveAsync(Cancelled));
    }

    private static object Stream(string? address, string[]? events = null) =>
        new { stream_id = "s-1", events_requested = events, delivery = new { method = "urn:ietf:rfc:8936", endpoint_url = address } };

    private PolledStream Create()
    {
        var transmitter = new TrustedTransmitters(
            _http, new TransmitterOptions { Issuer = "https://idp.example" }, new ForeignTransmitters { ["acme"] = _options }, _clock).Find(_options.Issuer)!;
        return new(transmitter, new TransmitterCalls(_http, new PollTokens(_http, transmitter.Poll!, _clock), _clock));
    }

    private Task<Uri> OpenAsync() => Create().OpenAsync(Cancelled);

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<HttpRequestException>(OpenAsync)).Message;

    private void Map(WebApplication app)
    {
        foreach (var path in new[] { "/stream", "/status", "/verify" })
        {
            app.Map(path, (HttpRequest request) => _answers[$"{request.Method} {path}"]());
        }
    }
}

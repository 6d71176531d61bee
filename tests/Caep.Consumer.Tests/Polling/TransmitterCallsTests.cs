using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Caep.Polling;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Polling;

/// <summary>Transmitters whose token endpoint is away or talks nonsense: the poller waits, and nothing else ends.</summary>
public sealed class TransmitterCallsTests : IAsyncLifetime
{
    private readonly Transmitter _transmitter;
    private readonly ManualClock _clock = new();
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _answer;

    public TransmitterCallsTests() => _transmitter = new Transmitter(Map);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _transmitter.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _transmitter.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_does_not_come_is_not_waited_for_longer_than_a_call_may_take()
    {
        var call = CallAsync();
        await _asked.Task.WaitAsync(Cancelled);
        _clock.Advance(TransmitterCalls.Longest);

        var away = await Assert.ThrowsAsync<HttpRequestException>(() => call);
        Assert.Equal("127.0.0.1 took longer than 00:00:30.", away.Message);
    }

    [Theory]
    [InlineData("no JSON", "127.0.0.1 did not answer with JSON.")]
    [InlineData("[]", "The token response has no access_token.")]
    [InlineData("{}", "The token response has no access_token.")]
    [InlineData("""{"access_token":7}""", "The token response has no access_token.")]
    [InlineData("""{"access_token":""}""", "The token response has no access_token.")]
    public async Task An_answer_without_a_token_is_a_transmitter_that_is_away(string answer, string fault)
    {
        _answer = answer;

        Assert.Equal(fault, (await Assert.ThrowsAsync<HttpRequestException>(CallAsync)).Message);
    }

    [Theory]
    [InlineData("""{"access_token":"a token","expires_in":60}""")]
    [InlineData("""{"access_token":"a token","expires_in":"60"}""")]
    [InlineData("""{"access_token":"a token"}""")]
    public async Task A_token_may_come_without_its_lifetime(string answer)
    {
        _answer = answer;

        Assert.Equal("Bearer a token", (await CallAsync())!.Value.GetProperty("authorization").GetString());
    }

    private Task<JsonElement?> CallAsync()
    {
        var options = new PollOptions { TokenEndpoint = $"{_transmitter.Issuer}/token", ClientId = "portal", ClientSecret = PolledTransmitter.Secret };
        return new TransmitterCalls(_http, new PollTokens(_http, options, _clock), _clock).SendAsync(
            HttpMethod.Get, new Uri($"{_transmitter.Issuer}/echo"), body: null, TransmitterCalls.Longest, Cancelled);
    }

    private void Map(WebApplication app)
    {
        app.MapPost("/token", async (HttpContext http) =>
        {
            _asked.TrySetResult();
            if (_answer is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            }

            return Results.Text(_answer, "application/json");
        });
        app.MapGet("/echo", (HttpRequest request) => Results.Json(new { authorization = request.Headers.Authorization.ToString() }));
    }
}

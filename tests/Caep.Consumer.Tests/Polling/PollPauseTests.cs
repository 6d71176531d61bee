using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Caep.Polling;
using Platform.Caep.Tests.Fixtures;
using Platform.Caep.Transmitters;
using Platform.Testing;

namespace Platform.Caep.Tests.Polling;

/// <summary>A transmitter that answers at once, though it was asked to wait for an event (RFC 8936 section 2.4).</summary>
public sealed class PollPauseTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly PipelineFixture _fixture = new();
    private readonly Transmitter _transmitter;
    private readonly ManualClock _clock = new();
    private readonly HttpClient _http = new();
    private Func<int, Dictionary<string, string>> _answer = _ => [];
    private int _polls;

    public PollPauseTests() => _transmitter = new Transmitter(app => app.MapPost(
        "/poll", () => Results.Json(new { sets = _answer(Interlocked.Increment(ref _polls)) })));

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await _transmitter.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _transmitter.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task X9_nothing_new_at_once_is_asked_for_again_after_a_second(bool sendsAgainWhatWasReported)
    {
        _answer = _ => sendsAgainWhatWasReported ? new() { ["one"] = "no token" } : [];
        var began = _clock.GetUtcNow();
        await PollUntilAsync(() =>
        {
            _clock.Advance(Step);
            return _polls >= 5;
        });

        // What was sent again was new once.
        Assert.True(_clock.GetUtcNow() - began >= TimeSpan.FromSeconds(sendsAgainWhatWasReported ? 3 : 4));
    }

    [Fact]
    public async Task X9_news_is_asked_for_without_a_pause()
    {
        _answer = poll => new() { [$"event-{poll}"] = "no token" };

        await PollUntilAsync(() => _polls >= 5);
    }

    private async Task PollUntilAsync(Func<bool> isSo)
    {
        var foreign = new ForeignTransmitters
        {
            ["acme"] = new() { Issuer = _transmitter.Issuer, Audience = "x", Poll = new() { Endpoint = $"{_transmitter.Issuer}/poll", Token = "a token" } },
        };
        var acme = new TrustedTransmitters(_http, new TransmitterOptions { Issuer = "https://idp.example" }, foreign, _clock).Find(_transmitter.Issuer)!;
        var calls = new TransmitterCalls(_http, new PollTokens(_http, acme.Poll!, _clock), _clock);
        var poller = new StreamPoller(acme, new PolledStream(acme, calls), calls, _fixture.Pipeline(), _clock, NullLogger<StreamPoller>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var polling = poller.RunAsync(stop.Token);

        await Eventually.BecomesTrueAsync(isSo, TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
    }
}

using System.Text;
using Platform.Caep.Events;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Events;

/// <summary>Each test has a fixture of its own, which it breaks.</summary>
public sealed class EventPipelineOutageTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly PipelineFixture _fixture;

    public EventPipelineOutageTests() => _fixture = new PipelineFixture { Clock = _clock };

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Postpones_while_the_transmitters_keys_are_away()
    {
        _fixture.Transmitter.IsAway = true;
        var pipeline = _fixture.Pipeline();

        var postponed = Assert.IsType<EventOutcome.Postponed>(await ProcessAsync(pipeline));
        Assert.Equal("transmitter keys", postponed.Missing);

        _fixture.Transmitter.IsAway = false;
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
    }

    [Fact]
    public async Task Looks_for_a_new_key_before_it_refuses()
    {
        var pipeline = _fixture.Pipeline();
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));

        _fixture.Transmitter.Rotate();

        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
    }

    [Fact]
    public async Task Postpones_what_a_new_key_has_signed_while_the_keys_may_not_be_fetched_again()
    {
        var pipeline = _fixture.Pipeline();
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
        Assert.IsType<EventOutcome.Poison>(await ProcessForgedAsync(pipeline));
        _fixture.Transmitter.Rotate();

        var postponed = Assert.IsType<EventOutcome.Postponed>(await ProcessAsync(pipeline));
        Assert.Equal("transmitter keys", postponed.Missing);

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
    }

    [Fact]
    public async Task Postpones_what_a_new_key_has_signed_while_the_transmitter_is_away()
    {
        var pipeline = _fixture.Pipeline();
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
        _fixture.Transmitter.Rotate();
        _fixture.Transmitter.IsAway = true;

        Assert.IsType<EventOutcome.Postponed>(await ProcessAsync(pipeline));

        _fixture.Transmitter.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
    }

    [Fact]
    public async Task One_fetch_settles_every_forged_event_that_came_before_it()
    {
        var pipeline = _fixture.Pipeline();
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(pipeline));
        Assert.IsType<EventOutcome.Poison>(await ProcessForgedAsync(pipeline));
        var receivedAt = _clock.GetUtcNow();
        Assert.IsType<EventOutcome.Postponed>(await ProcessForgedAsync(pipeline, receivedAt));
        Assert.IsType<EventOutcome.Postponed>(await ProcessForgedAsync(pipeline, receivedAt));

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.IsType<EventOutcome.Poison>(await ProcessForgedAsync(pipeline, receivedAt));
        Assert.IsType<EventOutcome.Poison>(await ProcessForgedAsync(pipeline, receivedAt));
    }

    [Fact]
    public async Task Postpones_while_Redis_is_away()
    {
        var pipeline = _fixture.Pipeline();
        var session = await _fixture.Sessions.SignInAsync("ada");
        _fixture.Redis.Stop();

        var postponed = Assert.IsType<EventOutcome.Postponed>(await ProcessAsync(pipeline));

        Assert.Equal("Redis", postponed.Missing);
        Assert.NotNull(session);
    }

    private Task<EventOutcome> ProcessAsync(EventPipeline pipeline)
    {
        var transmitter = _fixture.Transmitter;
        return ProcessAsync(pipeline, transmitter.Sign(transmitter.SessionRevoked(transmitter.User("ada"))));
    }

    private Task<EventOutcome> ProcessForgedAsync(EventPipeline pipeline, DateTimeOffset? receivedAt = null)
    {
        var transmitter = _fixture.Transmitter;
        return ProcessAsync(
            pipeline, transmitter.Forge(transmitter.SessionRevoked(transmitter.User("ada"))), receivedAt);
    }

    private Task<EventOutcome> ProcessAsync(EventPipeline pipeline, string set, DateTimeOffset? receivedAt = null) =>
        pipeline.ProcessAsync(
            Encoding.UTF8.GetBytes(set), receivedAt ?? _clock.GetUtcNow(), Door.Kafka, TestContext.Current.CancellationToken);
}

using System.Text;
using Platform.Caep.Events;
using Platform.Caep.Tests.Fixtures;

namespace Platform.Caep.Tests.Events;

/// <summary>Each test has a fixture of its own, which it breaks.</summary>
public sealed class EventPipelineOutageTests : IAsyncLifetime
{
    private readonly PipelineFixture _fixture = new();

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
        var set = transmitter.Sign(transmitter.SessionRevoked(transmitter.User("ada")));
        return pipeline.ProcessAsync(Encoding.UTF8.GetBytes(set), TestContext.Current.CancellationToken);
    }
}

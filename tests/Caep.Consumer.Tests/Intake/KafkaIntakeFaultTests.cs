using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Tests.Fixtures;

namespace Platform.Caep.Tests.Intake;

/// <summary>An event that a fault of our own leaves undone would hold its partition's offset forever, and nobody would notice.</summary>
public sealed class KafkaIntakeFaultTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>, IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();
    private readonly Transmitter _acme = new();

    public ValueTask InitializeAsync() => _acme.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        _kafka.Dispose();
        return _acme.DisposeAsync();
    }

    [Fact]
    public async Task A_lane_that_breaks_ends_the_service() => await EndsAsync(fixture.Transmitter);

    [Fact]
    public async Task A_wait_for_keys_that_breaks_ends_the_service() => await EndsAsync(_acme);

    private async Task EndsAsync(Transmitter transmitter)
    {
        fixture.Foreign["acme"] = new() { Issuer = _acme.Issuer, Audience = Transmitter.Audience };
        var options = Options.Create(new KafkaOptions());
        var interruptions = new Interruptions(TimeProvider.System);
        var attempt = fixture.Attempt(new WrittenLetters(), new Broken());
        var waits = new KeyWaits(attempt, Options.Create(new SignalsOptions()), TimeProvider.System);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:kafka", _kafka.Address)]).Build();
        using var intake = new KafkaIntake(
            new DeliveryHandler(attempt, waits, interruptions, NullLogger<DeliveryHandler>.Instance),
            waits, interruptions, new KafkaConnection(configuration, NullLogger<KafkaConnection>.Instance),
            fixture.Redis.Connection, configuration, options, TimeProvider.System, NullLogger<KafkaIntake>.Instance);
        await intake.StartAsync(TestContext.Current.CancellationToken);

        await _kafka.PublishAsync("ada", transmitter.Sign(transmitter.SessionRevoked(transmitter.User("ada"))));

        // What ends this way ends the host.
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => intake.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(0, _kafka.Committed("caep"));
    }

    private sealed class Broken : IEventEffects
    {
        // Of nobody who was asked to stop.
        public Task<EventOutcome> ApplyAsync(EventCheck.Accepted accepted, CancellationToken cancellationToken) =>
            throw new OperationCanceledException("a bug", new CancellationToken(canceled: true));
    }
}

using System.Text;
using Confluent.Kafka;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Tests.Fixtures;

namespace Platform.Caep.Tests.Events;

/// <summary>Which late events say that somebody holds events back.</summary>
public sealed class LateEventTests : IAsyncLifetime
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    private readonly PipelineFixture _fixture = new();
    private readonly Transmitter _acme = new();

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await _acme.InitializeAsync();
        _fixture.Foreign["acme"] = new() { Issuer = _acme.Issuer, Audience = Transmitter.Audience };
    }

    public async ValueTask DisposeAsync()
    {
        await _acme.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Threat24_one_of_the_issuers_does()
    {
        await DeliverAsync(_fixture.Transmitter, []);

        Assert.True(_fixture.Ages.PastObjective >= Late);
    }

    [Fact]
    public async Task Threat24_one_that_was_put_back_from_the_dead_letters_does_not()
    {
        await DeliverAsync(_fixture.Transmitter, [new Header(KafkaDeadLetters.Replayed, "3/7"u8.ToArray())]);

        Assert.Null(_fixture.Ages.PastObjective);
    }

    [Fact]
    public async Task Threat24_one_of_another_transmitter_does_not_and_excuses_none_of_the_issuers()
    {
        Assert.IsType<EventOutcome.Applied>(await _fixture.ProcessAsync(Revoked(_acme, Late)));
        Assert.Null(_fixture.Ages.PastObjective);

        await DeliverAsync(_fixture.Transmitter, []);
        Assert.IsType<EventOutcome.Applied>(await _fixture.ProcessAsync(Revoked(_acme, TimeSpan.Zero)));
        Assert.NotNull(_fixture.Ages.PastObjective);
    }

    private static string Revoked(Transmitter transmitter, TimeSpan age) =>
        transmitter.Sign(transmitter.SessionRevoked(transmitter.User("ada"), TimeProvider.System.GetUtcNow() - age));

    private async Task DeliverAsync(Transmitter transmitter, Headers headers)
    {
        var progress = new PartitionProgress(new TopicPartition("caep.events", 2));
        progress.TryBegin(0);
        var message = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(Revoked(transmitter, Late)), Headers = headers };
        Assert.Null(await _fixture.Attempt(new WrittenLetters()).MakeAsync(
            new Delivery(progress, 0, message, TimeProvider.System.GetUtcNow()), Door.Kafka, span: null, TestContext.Current.CancellationToken));
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Sessions;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake;

/// <summary>Who relies on events hears whether they are applied.</summary>
public sealed class SignOfLifeTests : IDisposable
{
    private readonly RedisServer _redis = new();
    private readonly ManualClock _clock = new();
    private readonly KafkaConnection _kafka = new(new ConfigurationBuilder().AddInMemoryCollection(
        [new("ConnectionStrings:kafka", "127.0.0.1:9092")]).Build(), NullLogger<KafkaConnection>.Instance);
    private readonly Interruptions _interruptions;
    private readonly EventAges _ages;
    private readonly SignOfLife _sign;

    public SignOfLifeTests()
    {
        _interruptions = new(_clock);
        _ages = new(Options.Create(new SignalsOptions()), _clock);
        _sign = new(Applied, new(_kafka, _interruptions, _ages), _kafka, _clock);
        _kafka.Answered();
        _kafka.Joined(partitions: 3);
    }

    private EventsApplied Applied => new(_redis.Connection);

    public void Dispose()
    {
        _sign.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task Threat24_a_consumer_that_is_well_says_so_each_time()
    {
        Assert.Equal(_clock.GetUtcNow(), await SaidAsync());
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(_clock.GetUtcNow(), await SaidAsync());
    }

    [Fact]
    public async Task Threat24_a_consumer_without_Kafka_says_nothing()
    {
        _kafka.Lost("Connection refused");
        Assert.Null(await SaidAsync());

        _kafka.Answered();
        Assert.NotNull(await SaidAsync());
    }

    [Fact]
    public async Task Threat24_a_consumer_without_a_share_of_the_partitions_says_nothing()
    {
        _kafka.Left();
        Assert.Null(await SaidAsync());
        _kafka.Joined(partitions: 0);
        Assert.Null(await SaidAsync());

        _kafka.Joined(partitions: 1);
        Assert.NotNull(await SaidAsync());
    }

    [Fact]
    public async Task Threat24_a_consumer_whose_events_wait_says_nothing()
    {
        _interruptions.Begin(lane: 0, new("transmitter keys", "503"));
        Assert.Null(await SaidAsync());

        _interruptions.End(lane: 0);
        Assert.NotNull(await SaidAsync());
    }

    [Fact]
    public async Task Threat24_a_consumer_whose_events_come_late_says_nothing()
    {
        _ages.Done(_clock.GetUtcNow() - TimeSpan.FromMinutes(10));
        Assert.Null(await SaidAsync());

        _ages.Done(_clock.GetUtcNow());
        Assert.NotNull(await SaidAsync());
    }

    [Fact]
    public async Task Threat24_a_consumer_survives_that_Redis_is_away()
    {
        _redis.Stop();
        await _sign.BeatAsync(TestContext.Current.CancellationToken);

        _redis.Start();
        await _redis.AnswersAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await SaidAsync());
    }

    private async Task<DateTimeOffset?> SaidAsync()
    {
        await _sign.BeatAsync(TestContext.Current.CancellationToken);
        return await Applied.LastAsync(TestContext.Current.CancellationToken);
    }
}

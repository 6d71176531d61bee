using System.Text;
using Confluent.Kafka;
using Microsoft.AspNetCore.Builder;
using Platform.Caep.Intake.Replay;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Intake;

/// <summary>A letter is larger than the message that it holds, and must find room all the same.</summary>
public sealed class LargeDeadLetterTests : IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();
    private readonly RedisServer _redis = new();
    private readonly Transmitter _issuer = new();
    private ConsumerService _service = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _service = await ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
        _kafka.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task Kafka7_poison_as_large_as_a_topic_takes_by_default_is_kept_whole()
    {
        var poison = Large(1_000_000);

        await _kafka.SendAsync("ada", poison);

        Assert.Equal(poison, Assert.Single(await _kafka.DeadLettersAsync(1)).Value);
        await Eventually.BecomesTrueAsync(() => _kafka.Committed("caep") == 1, Cancelled);
    }

    [Fact]
    public async Task Kafka7_poison_that_does_not_go_into_a_letter_is_shortened_says_so_and_is_not_put_back()
    {
        var poison = Large(3_000_000);

        await _kafka.SendAsync("ada", poison, new Headers { new("traceparent", "00-1"u8.ToArray()) });

        var letter = Assert.Single(await _kafka.DeadLettersAsync(1));
        Assert.Equal(poison[..65536], letter.Value);
        Assert.Equal("ada"u8.ToArray(), letter.Key);
        Assert.Equal(
            ["topic", "partition", "offset", "error", "reason", "shortened"], letter.Headers.Select(header => header.Key));
        Assert.Equal("the first 65536 of 3000000 bytes", Encoding.UTF8.GetString(letter.Headers.GetLastBytes("shortened")));
        await Eventually.BecomesTrueAsync(() => _kafka.Committed("caep") == 1, Cancelled);

        await using var output = new StringWriter();
        await using WebApplication app = ConsumerService.Build(
            _kafka.Address, _redis.ConnectionString, _issuer.Issuer, new RecordedLogs(), configure: null);
        Assert.Equal(0, await ReplayCommand.RunAsync(app, [], output, output));
        Assert.Contains("It was too large to be kept (the first 65536 of 3000000 bytes), and is not put back.", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("0 dead letters were put back.", output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    private static byte[] Large(int size)
    {
        var bytes = new byte[size];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}

namespace Platform.Sessions.Tests;

public sealed class EventsAppliedTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    private const string Key = "sessions:events-applied-until";

    private readonly EventsApplied _applied = new(sessions.Redis);
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Threat24_what_was_said_is_kept_for_good()
    {
        var now = sessions.Clock.GetUtcNow();

        await _applied.SayAsync(now, _cancelled);
        Assert.Equal(now, await _applied.LastAsync(_cancelled));
        Assert.Null(await sessions.Redis.GetDatabase().KeyTimeToLiveAsync(Key));

        // Of another consumer, whose clock is behind.
        await _applied.SayAsync(now.AddMinutes(-1), _cancelled);
        Assert.Equal(now.AddMinutes(-1), await _applied.LastAsync(_cancelled));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    public async Task Threat24_what_is_no_time_says_nothing(string? value)
    {
        var redis = sessions.Redis.GetDatabase();
        await (value is null ? redis.KeyDeleteAsync(Key) : redis.StringSetAsync(Key, value));

        Assert.Null(await _applied.LastAsync(_cancelled));
    }
}

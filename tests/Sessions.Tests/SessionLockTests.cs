namespace Platform.Sessions.Tests;

public sealed class SessionLockTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task Gives_the_turn_to_one_at_a_time()
    {
        var turns = new SessionLock(sessions.Redis, TimeProvider.System);
        var inside = 0;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var turn = await turns.TakeAsync(_key, Cancelled);
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await sessions.Redis.GetDatabase().PingAsync();
            Interlocked.Decrement(ref inside);
        }));
    }

    [Fact]
    public async Task Lets_sessions_not_wait_for_each_other()
    {
        var turns = new SessionLock(sessions.Redis, sessions.Clock);

        await using var one = await turns.TakeAsync(_key, Cancelled);
        await using var other = await turns.TakeAsync($"{_key}-other", Cancelled);

        Assert.NotSame(one, other);
    }

    [Fact]
    public async Task Renews_the_lease_while_it_is_held_and_gives_it_back()
    {
        var turns = new SessionLock(sessions.Redis, sessions.Clock);
        var database = sessions.Redis.GetDatabase();
        var turn = await turns.TakeAsync(_key, Cancelled);
        await database.KeyExpireAsync(SessionKeys.Lock(_key), TimeSpan.FromSeconds(2));

        sessions.Clock.Advance(TimeSpan.FromSeconds(3));
        while (await database.KeyTimeToLiveAsync(SessionKeys.Lock(_key)) < TimeSpan.FromSeconds(5))
        {
            Cancelled.ThrowIfCancellationRequested();
        }

        await turn.DisposeAsync();
        Assert.False(await database.KeyExistsAsync(SessionKeys.Lock(_key)));
    }

    [Fact]
    public async Task Does_not_take_the_turn_from_who_has_it_now()
    {
        var turns = new SessionLock(sessions.Redis, sessions.Clock);
        var database = sessions.Redis.GetDatabase();
        var late = await turns.TakeAsync(_key, Cancelled);
        await database.StringSetAsync(SessionKeys.Lock(_key), "another holder", TimeSpan.FromMinutes(1));

        await late.DisposeAsync();

        Assert.True(await database.KeyExistsAsync(SessionKeys.Lock(_key)));
    }
}

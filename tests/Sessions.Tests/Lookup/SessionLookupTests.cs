using Platform.Sessions.Lookup;
using StackExchange.Redis;

namespace Platform.Sessions.Tests.Lookup;

public sealed class SessionLookupTests : IAsyncLifetime
{
    private readonly SessionsFixture _sessions = new();
    private LookupFixture _process = null!;

    public async ValueTask InitializeAsync()
    {
        _process = new LookupFixture(_sessions);
        await _process.Sequence.ConfirmAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _sessions.Dispose();
    }

    [Fact]
    public async Task Reads_a_session_once_while_it_knows_of_every_ending()
    {
        var handle = await RememberedAsync();
        await SilentlyRemoveAsync(handle);

        Assert.NotNull(await _process.FindAsync(handle));
    }

    [Fact]
    public async Task Reads_each_time_once_nobody_has_confirmed_for_100_ms()
    {
        var handle = await RememberedAsync();
        await SilentlyRemoveAsync(handle);

        _process.Liveness.Advance(EndingSequence.Validity);

        Assert.Null(await _process.FindAsync(handle));
    }

    [Fact]
    public async Task Forgets_a_session_whose_ending_is_published()
    {
        var handle = await RememberedAsync();

        await _sessions.EndAsync(handle);

        // The publication travels on another connection: what came before this answer has been heard.
        await _sessions.Redis.GetSubscriber().PingAsync();
        while (await _process.FindAsync(handle) is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await _process.Sequence.ConfirmAsync();
        Assert.True(_process.Sequence.IsCurrent);
    }

    [Fact]
    public async Task Does_not_overlook_what_is_demanded_of_a_session_while_its_use_is_noted()
    {
        var clock = new InterruptedClock(_sessions.Clock);
        await using var process = new LookupFixture(_sessions, clock);
        await process.Sequence.ConfirmAsync();
        var record = _sessions.Record();
        var handle = await _sessions.CreateAsync(record);
        Assert.NotNull(await process.FindAsync(handle));
        _sessions.Clock.Advance(TimeSpan.FromMinutes(5));

        // It is found in memory at the first reading, and its use is noted after the second. Off the client's own thread, which
        // the interruption would hold up.
        await Task.Yield();
        clock.InterruptAt(2, () => Demand(process, record, SessionStore.KeyOf(handle)));
        await process.FindAsync(handle, isUse: true);

        Assert.True((await process.FindAsync(handle))!.NeedsRefresh);
    }

    // Returns when this process has heard of it.
    private void Demand(LookupFixture process, SessionRecord record, string key)
    {
        using var heard = new ManualResetEventSlim();
        using var registration = process.Publications.OnSuspicion([key], heard.Set);
        Task.Run(() => new DemandsOnSessions(_sessions.Redis, _sessions.Clock).DemandAsync(
            new(record.Issuer, record.Subject, SessionId: null, Guid.NewGuid().ToString(), _sessions.Clock.GetUtcNow()),
            Platform.Sessions.Demand.Refresh, CancellationToken.None)).GetAwaiter().GetResult();
        Assert.True(heard.Wait(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Forgets_all_when_an_ending_was_never_published()
    {
        var ended = await RememberedAsync();
        var other = await RememberedAsync();
        await SilentlyRemoveAsync(ended);
        await SilentlyRemoveAsync(other);
        await LoseAPublicationAsync();

        Assert.Null(await _process.FindAsync(ended));
        Assert.Null(await _process.FindAsync(other));
    }

    [Fact]
    public async Task Tells_an_open_tab_of_an_ending_that_was_never_published()
    {
        var handle = await RememberedAsync();
        var told = new TaskCompletionSource();
        using var tab = _process.Publications.OnEnded(SessionStore.KeyOf(handle), told.SetResult);
        await SilentlyRemoveAsync(handle);

        await LoseAPublicationAsync();

        await told.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Believes_nothing_it_remembers_while_Redis_is_away()
    {
        var handle = await RememberedAsync();
        _sessions.RestartRedis();

        await _process.Sequence.ConfirmAsync();
        try
        {
            // Redis forgot everything; whether it answers again yet or not, nobody is signed in by memory.
            Assert.Null(await _process.FindAsync(handle));
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            Assert.False(_process.Sequence.IsCurrent);
        }
    }

    [Fact]
    public async Task Remembers_no_longer_than_a_session_lives()
    {
        var handle = await RememberedAsync();

        _sessions.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await _process.FindAsync(handle));
    }

    [Fact]
    public async Task Notes_a_use_now_and_then_and_what_is_no_use_never()
    {
        var handle = await RememberedAsync();
        var first = (await _process.FindAsync(handle))!.SeenAt;
        _sessions.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(first, (await _process.FindAsync(handle, isUse: true))!.SeenAt);

        _sessions.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, (await _process.FindAsync(handle))!.SeenAt);
        Assert.Equal(first + TimeSpan.FromMinutes(3), (await _process.FindAsync(handle, isUse: true))!.SeenAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(first + TimeSpan.FromMinutes(3), (await _process.FindAsync(handle))!.SeenAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Uses_no_session_that_ended_unheard()
    {
        var handle = await RememberedAsync();
        await SilentlyRemoveAsync(handle);
        _sessions.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await _process.FindAsync(handle, isUse: true));
        Assert.Null(await _process.FindAsync(handle));
    }

    private async Task<string> RememberedAsync()
    {
        var handle = await _sessions.CreateAsync(_sessions.Record());
        Assert.NotNull(await _process.FindAsync(handle));
        return handle;
    }

    // As no script does it: neither number nor publication.
    private Task<bool> SilentlyRemoveAsync(string handle) =>
        _sessions.Redis.GetDatabase().KeyDeleteAsync(SessionKeys.Session(SessionStore.KeyOf(handle)));

    // An ending takes its number, and nobody hears of it until the second question.
    private async Task LoseAPublicationAsync()
    {
        await _sessions.Redis.GetDatabase().StringIncrementAsync(SessionKeys.Endings);
        await _process.Sequence.ConfirmAsync();
        await _process.Sequence.ConfirmAsync();
    }
}

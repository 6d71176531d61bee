using Platform.Sessions.Lookup;
using Platform.Testing;

namespace Platform.Sessions.Tests.Lookup;

public sealed class EndingSequenceTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    [Fact]
    public async Task Misses_nothing_when_publications_overtake_each_other()
    {
        using var sequence = new EndingSequence(sessions.Redis, new ManualClock());
        await sequence.ConfirmAsync();
        var missed = 0;
        sequence.Missed += () => missed++;
        var database = sessions.Redis.GetDatabase();
        var first = await database.StringIncrementAsync(SessionKeys.Endings);
        var second = await database.StringIncrementAsync(SessionKeys.Endings);

        sequence.Hear(second);
        sequence.Hear(first);
        await sequence.ConfirmAsync();

        Assert.Equal(0, missed);
        Assert.True(sequence.IsCurrent);
    }

    [Fact]
    public async Task Misses_what_it_has_not_heard_when_it_asks_again()
    {
        using var sequence = new EndingSequence(sessions.Redis, new ManualClock());
        await sequence.ConfirmAsync();
        var missed = 0;
        sequence.Missed += () => missed++;
        var number = await sessions.Redis.GetDatabase().StringIncrementAsync(SessionKeys.Endings);

        await sequence.ConfirmAsync();
        Assert.Equal(0, missed);
        await sequence.ConfirmAsync();
        sequence.Hear(number);
        await sequence.ConfirmAsync();

        Assert.Equal(1, missed);
    }

    [Fact]
    public async Task Waits_for_a_publication_that_is_later_than_its_number()
    {
        using var sequence = new EndingSequence(sessions.Redis, new ManualClock());
        await sequence.ConfirmAsync();
        var missed = 0;
        sequence.Missed += () => missed++;
        var number = await sessions.Redis.GetDatabase().StringIncrementAsync(SessionKeys.Endings);

        await sequence.ConfirmAsync();
        sequence.Hear(number);
        await sequence.ConfirmAsync();

        Assert.Equal(0, missed);
        Assert.True(sequence.IsCurrent);
    }

    [Fact]
    public async Task Is_current_no_longer_while_it_waits_for_a_publication()
    {
        var clock = new ManualClock();
        using var sequence = new EndingSequence(sessions.Redis, clock);
        await sequence.ConfirmAsync();
        await sessions.Redis.GetDatabase().StringIncrementAsync(SessionKeys.Endings);

        clock.Advance(EndingSequence.Validity);
        await sequence.ConfirmAsync();

        Assert.False(sequence.IsCurrent);
    }

    [Fact]
    public async Task Misses_everything_when_the_count_begins_anew()
    {
        using var sequence = new EndingSequence(sessions.Redis, new ManualClock());
        await sessions.Redis.GetDatabase().StringIncrementAsync(SessionKeys.Endings);
        await sequence.ConfirmAsync();
        var missed = 0;
        sequence.Missed += () => missed++;

        await sessions.Redis.GetDatabase().KeyDeleteAsync(SessionKeys.Endings);
        await sequence.ConfirmAsync();

        Assert.Equal(1, missed);
    }

    [Fact]
    public void Is_not_current_before_it_has_asked()
    {
        using var sequence = new EndingSequence(sessions.Redis, new ManualClock());

        Assert.False(sequence.IsCurrent);
    }
}

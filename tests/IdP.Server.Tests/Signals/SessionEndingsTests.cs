using Microsoft.Extensions.Options;
using Platform.IdP.Configuration;
using Platform.IdP.Grants;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Events;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.IdP.Tests.Signals;

/// <summary>On a Redis of its own, where nobody takes events out of the outbox: as if the process ended with the script.</summary>
public sealed class SessionEndingsTests : IDisposable
{
    private static readonly EventCause Cause = EventCause.Administrator("A test.");

    private readonly RedisServer _redis = new();

    private IDatabase Database => _redis.Connection.GetDatabase();

    private SessionEndings Endings => new(
        _redis.Connection, new Outbox(_redis.Connection), Options.Create(new IdpOptions()), TimeProvider.System);

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task K1_A_session_ends_and_the_event_waits_whatever_becomes_of_the_process()
    {
        await Database.StringSetAsync("a session", "its record");
        await Database.StringSetAsync(SsoSessionStore.SessionIndexPrefix + "sid", "a session");

        var ended = await Endings.EndAsync(new SessionEnd("ada", "sid", Cause), [Event()]);

        Assert.Equal(1, ended);
        Assert.False(await Database.KeyExistsAsync("a session"));
        Assert.Equal("ada", Assert.Single(RaisedEvents.InOutbox(_redis.Connection)).Subject.User);
    }

    [Fact]
    public async Task T15_Of_many_who_end_a_grant_at_once_one_raises_the_event()
    {
        await Database.StringSetAsync(AuthorizationGrantStore.GrantKey("grant"), "its record");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Endings.EndAsync(new SessionEnd("ada", "sid", Cause) { GrantId = "grant" }, [Event()])));

        Assert.Single(answers, answer => answer is not null);
        Assert.Single(RaisedEvents.InOutbox(_redis.Connection));
    }

    [Fact]
    public async Task Of_replicas_that_find_the_same_change_of_users_yaml_one_raises_its_events()
    {
        var change = new KnownUserChange("ada", Read: null, Next: "as she is now");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => number % 2 == 0
            ? EndAsync()
            : new KnownUsers(_redis.Connection, new Outbox(_redis.Connection)).TryChangeAsync(change, [Event()])));

        Assert.Single(answers, answer => answer);
        Assert.Single(RaisedEvents.InOutbox(_redis.Connection));
        Assert.Equal("as she is now", await Database.HashGetAsync(KnownUsers.Key, "ada"));

        async Task<bool> EndAsync() =>
            await Endings.EndAsync(new SessionEnd("ada", null, Cause) { Change = change }, [Event()]) is not null;
    }

    private static SecurityEvent Event() =>
        RaisedEvents.Factory().Make(EventTypes.SessionRevoked, new EventSubject { User = "ada" }, Cause);
}

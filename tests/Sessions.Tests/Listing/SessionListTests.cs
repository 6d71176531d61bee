using Microsoft.AspNetCore.DataProtection;
using Platform.Sessions.Listing;

namespace Platform.Sessions.Tests.Listing;

public sealed class SessionListTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    private readonly EphemeralDataProtectionProvider _protection = new();

    [Fact]
    public async Task Shows_what_lives_and_the_device_where_it_began()
    {
        var record = sessions.Record() with { Device = new("Firefox 131", "Linux", "192.0.2.0/24") };
        await CreateAsync(record);

        var session = Assert.Single(await ReadAsync(record, _protection));

        Assert.Equal(record.Device, session.Device);
        Assert.Equal(record.CreatedAt, session.CreatedAt);
        Assert.Equal(22, session.Id.Length);
    }

    [Fact]
    public async Task Shows_a_session_whose_description_no_longer_opens_so_that_it_can_be_ended()
    {
        var record = sessions.Record() with { Device = new("Firefox 131", "Linux", "192.0.2.0/24") };
        await CreateAsync(record);

        var session = Assert.Single(await ReadAsync(record, new EphemeralDataProtectionProvider()));

        Assert.Null(session.Device);
        Assert.True(await sessions.Store.EndByKeyAsync(session.Key, TestContext.Current.CancellationToken));
        Assert.Empty(await ReadAsync(record, _protection));
    }

    [Fact]
    public async Task Opens_no_description_in_the_place_of_another()
    {
        var record = sessions.Record() with { Device = new("Firefox 131", "Linux", "192.0.2.0/24") };
        var first = SessionKeys.Session(SessionStore.KeyOf(await CreateAsync(record)));
        var second = SessionKeys.Session(SessionStore.KeyOf(await CreateAsync(record)));
        var database = sessions.Redis.GetDatabase();

        await database.HashSetAsync(second, "about", await database.HashGetAsync(first, "about"));

        Assert.Single(await ReadAsync(record, _protection), session => session.Device is null);
    }

    [Fact]
    public async Task Leaves_out_a_session_that_is_only_named_still()
    {
        var record = sessions.Record();
        var idle = await CreateAsync(record);
        var live = await CreateAsync(record);
        await sessions.Redis.GetDatabase().KeyDeleteAsync(SessionKeys.Session(SessionStore.KeyOf(idle)));

        Assert.Equal(SessionStore.KeyOf(live), Assert.Single(await ReadAsync(record, _protection)).Key);
    }

    private async Task<string> CreateAsync(SessionRecord record)
    {
        var store = new SessionStore(sessions.Redis, sessions.Clock, protection: _protection);
        return Assert.IsType<SessionCreation.Created>(
            await store.CreateAsync(record, sessions.Tokens(), TestContext.Current.CancellationToken)).Handle;
    }

    private Task<IReadOnlyList<ListedSession>> ReadAsync(SessionRecord of, IDataProtectionProvider protection) =>
        new SessionList(sessions.Redis, protection, sessions.Clock)
            .ReadAsync(of.Issuer, of.Subject, TestContext.Current.CancellationToken);
}

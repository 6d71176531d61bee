namespace Platform.Sessions.Tests;

public sealed class SessionTokensTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_access_tokens_by_what_they_are_for()
    {
        var session = await CreateAsync();
        var other = new SessionAccessToken("another", "DPoP", sessions.Clock.GetUtcNow());

        Assert.Equal(TokensUpdate.Stored, await sessions.Store.UpdateAsync(session, session.Tokens.With("urn:other", other), Cancelled));

        var tokens = (await sessions.FindLiveAsync(session.Handle))!.Tokens;
        Assert.Equal("the-access-token", tokens.AccessTokens[""].Value);
        Assert.Equal(other, tokens.AccessTokens["urn:other"]);
        Assert.Equal("the-refresh-token", tokens.RefreshToken);
        Assert.Equal("the-id-token", tokens.IdToken);
    }

    [Fact]
    public async Task Keeps_the_first_of_two_changes_to_what_both_had_read()
    {
        var session = await CreateAsync();

        var outcomes = new[]
        {
            await sessions.Store.UpdateAsync(session, session.Tokens with { RefreshToken = "first" }, Cancelled),
            await sessions.Store.UpdateAsync(session, session.Tokens with { RefreshToken = "second" }, Cancelled),
        };

        Assert.Equal([TokensUpdate.Stored, TokensUpdate.Overtaken], outcomes);
        Assert.Equal("first", (await sessions.FindLiveAsync(session.Handle))!.Tokens.RefreshToken);
    }

    [Fact]
    public async Task Does_not_bring_an_ended_session_back_by_its_tokens()
    {
        var session = await CreateAsync();
        await sessions.EndAsync(session.Handle);

        Assert.Equal(TokensUpdate.Gone, await sessions.Store.UpdateAsync(session, session.Tokens, Cancelled));
        Assert.False(await sessions.Store.TouchAsync(session, Cancelled));

        Assert.Null(await sessions.FindLiveAsync(session.Handle));
    }

    [Fact]
    public async Task Opens_no_tokens_in_the_place_of_the_record()
    {
        var session = await CreateAsync();
        var name = SessionKeys.Session(session.Key);
        var database = sessions.Redis.GetDatabase();

        await database.HashSetAsync(name, "data", await database.HashGetAsync(name, "tokens"));

        Assert.Null(await sessions.FindLiveAsync(session.Handle));
    }

    [Fact]
    public async Task Lives_an_idle_lifetime_from_each_use_but_not_beyond_its_end()
    {
        var session = await CreateAsync();
        var name = SessionKeys.Session(session.Key);
        var database = sessions.Redis.GetDatabase();
        var idle = new SessionsOptions().IdleLifetime;
        Assert.InRange((await database.KeyTimeToLiveAsync(name))!.Value, idle - TimeSpan.FromMinutes(1), idle);

        // Redis has its own clock, so the time of the sessions is the real one here.
        var store = new SessionStore(sessions.Redis, TimeProvider.System);
        Assert.True(await store.TouchAsync(Ending(session, idle * 3), Cancelled));
        Assert.InRange((await database.KeyTimeToLiveAsync(name))!.Value, idle - TimeSpan.FromMinutes(1), idle);

        Assert.True(await store.TouchAsync(Ending(session, idle / 2), Cancelled));
        Assert.InRange((await database.KeyTimeToLiveAsync(name))!.Value, TimeSpan.Zero, idle / 2);
    }

    private static LiveSession Ending(LiveSession session, TimeSpan after) => new(
        session.Handle, session.Record with { ExpiresAt = TimeProvider.System.GetUtcNow() + after }, session.Tokens, session.Version,
        session.SeenAt);

    private async Task<LiveSession> CreateAsync()
    {
        var record = sessions.Record() with { ExpiresAt = sessions.Clock.GetUtcNow() + TimeSpan.FromHours(8) };
        return (await sessions.FindLiveAsync(await sessions.CreateAsync(record)))!;
    }
}

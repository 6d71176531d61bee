namespace Platform.Sessions.Tests.Sealed;

public sealed class StatelessSessionsTests(SessionsFixture sessions) : SealedTests(sessions), IClassFixture<SessionsFixture>
{
    private static readonly string Noise = string.Concat(Enumerable.Range(0, 150).Select(_ => Guid.NewGuid().ToString("N")));

    private protected override ISessions Of(SealedProcess process) => process.Stateless;

    [Fact]
    public async Task Writes_nothing_to_Redis_at_sign_in()
    {
        using var own = new SessionsFixture();
        await using var process = new SealedProcess(own);

        await process.Stateless.CreateAsync(own.Record(), own.Tokens(), Cancelled);

        Assert.Empty(own.Redis.GetServer(own.ConnectionString).Keys());
    }

    [Fact]
    public async Task Lets_go_of_tokens_that_can_be_had_again_when_they_do_not_fit_together()
    {
        var session = (await Process.Stateless.ReadAsync(await CreateAsync(Fixture.Record()), Cancelled))!;
        var tokens = session.Tokens;
        var names = Enumerable.Range(0, 4).Select(number => $"api-{number}").ToList();
        foreach (var name in names)
        {
            tokens = session.Tokens.With(name, new(string.Concat(Noise.Reverse()) + name, "Bearer", Fixture.Clock.GetUtcNow()));
            Assert.Equal(TokensUpdate.Stored, await Process.Stateless.UpdateAsync(session, tokens, Cancelled));
            session = (await Process.Stateless.ReadAsync(session.Handle, Cancelled))!;
        }

        Assert.Contains(names[^1], session.Tokens.AccessTokens.Keys);
        Assert.Equal("the-refresh-token", session.Tokens.RefreshToken);
        Assert.InRange(session.Handle.Length, 1, LiveSession.LongestHandle);
    }

    [Fact]
    public async Task Refuses_a_token_that_does_not_fit_alone()
    {
        var session = (await Process.Stateless.ReadAsync(await CreateAsync(Fixture.Record()), Cancelled))!;
        var noise = string.Concat(Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid().ToString("N")));
        var tokens = session.Tokens.With("api", new(noise, "Bearer", Fixture.Clock.GetUtcNow()));

        Assert.Equal(TokensUpdate.TooLarge, await Process.Stateless.UpdateAsync(session, tokens, Cancelled));
    }

    [Fact]
    public async Task Tells_who_waits_when_its_user_is_revoked_and_not_when_an_earlier_sign_in_is()
    {
        var record = Fixture.Record();
        var session = (await FindAsync(await CreateAsync(record)))!;
        var ended = new TaskCompletionSource();
        using var waiting = Process.Stateless.OnEnded(session, () => ended.TrySetResult());

        await Fixture.RevokeAsync(record.Subject, occurredAt: record.AuthenticatedAt - TimeSpan.FromSeconds(1));
        await Fixture.Redis.GetSubscriber().PingAsync();
        Assert.NotNull(await Process.Stateless.ReadAsync(session.Handle, Cancelled));
        Assert.False(ended.Task.IsCompleted);

        await Fixture.RevokeAsync(record.Subject);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }
}

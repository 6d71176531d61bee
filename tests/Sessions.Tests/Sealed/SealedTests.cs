using StackExchange.Redis;

namespace Platform.Sessions.Tests.Sealed;

/// <summary>What both kinds of sealed sessions have in common; time stands still for all of them.</summary>
public abstract class SealedTests(SessionsFixture sessions) : IAsyncLifetime
{
    private protected SealedProcess Process { get; } = new(sessions);

    protected SessionsFixture Fixture => sessions;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected abstract ISessions Of(SealedProcess process);

    public async ValueTask InitializeAsync() => await Process.ConfirmAsync();

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Finds_what_was_created_and_in_memory_afterwards()
    {
        var record = sessions.Record();
        var handle = await CreateAsync(record);

        var first = await FindAsync(handle);

        Assert.Equal(record, first!.Record);
        Assert.Equal("the-access-token", first.Tokens.AccessTokens[""].Value);
        Assert.True(first.CanRefresh);
        Assert.Same(first, await FindAsync(handle));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!")]
    public async Task Finds_nothing_under_what_was_never_sealed(string handle) => Assert.Null(await FindAsync(handle));

    [Fact]
    public async Task Finds_nothing_under_a_handle_that_was_changed()
    {
        var handle = (await CreateAsync(sessions.Record())).ToCharArray();
        handle[handle.Length / 2] = handle[handle.Length / 2] == 'A' ? 'B' : 'A';

        Assert.Null(await FindAsync(new string(handle)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_at_once_in_every_process_when_it_is_revoked(bool bySid)
    {
        await using var other = new SealedProcess(sessions);
        await other.ConfirmAsync();
        var record = sessions.Record();
        var handle = await CreateAsync(record);
        Assert.NotNull(await FindAsync(handle));
        Assert.NotNull(await Of(other).FindAsync(handle, isUse: false, Cancelled));

        await sessions.RevokeAsync(bySid ? null : record.Subject, bySid ? record.SessionId : null);

        await WaitForEndAsync(Process, handle);
        await WaitForEndAsync(other, handle);
    }

    [Fact]
    public async Task Leaves_the_sessions_of_others_and_later_ones_alone()
    {
        var record = sessions.Record();
        var other = await CreateAsync(sessions.Record());
        await sessions.RevokeAsync(record.Subject, occurredAt: record.AuthenticatedAt - TimeSpan.FromSeconds(1));

        Assert.NotNull(await FindAsync(await CreateAsync(record)));
        Assert.NotNull(await FindAsync(other));
    }

    [Fact]
    public async Task Is_not_created_when_a_revocation_overtook_the_sign_in()
    {
        var record = sessions.Record();
        await sessions.RevokeAsync(record.Subject);

        Assert.IsType<SessionCreation.Revoked>(await Of(Process).CreateAsync(record, sessions.Tokens(), Cancelled));
    }

    [Fact]
    public async Task Is_ended_once_by_its_key_and_every_copy_of_the_cookie_with_it()
    {
        var handle = await CreateAsync(sessions.Record());
        var session = (await FindAsync(handle))!;

        Assert.True(await Of(Process).EndByKeyAsync(session.Key, Cancelled));
        Assert.False(await Of(Process).EndByKeyAsync(session.Key, Cancelled));

        Assert.Null(await FindAsync(handle));
        await using var other = new SealedProcess(sessions);
        Assert.Null(await Of(other).FindAsync(handle, isUse: false, Cancelled));
    }

    [Fact]
    public async Task Has_another_handle_after_a_use_that_is_worth_noting()
    {
        using var own = new SessionsFixture();
        await using var process = new SealedProcess(own);
        var created = Assert.IsType<SessionCreation.Created>(await Of(process).CreateAsync(own.Record(), own.Tokens(), Cancelled));
        own.Clock.Advance(TimeSpan.FromMinutes(3));

        var used = (await Of(process).FindAsync(created.Handle, isUse: true, Cancelled))!;
        Assert.NotEqual(created.Handle, used.Handle);
        Assert.Equal(own.Clock.GetUtcNow(), used.SeenAt);
        Assert.Equal(own.Clock.GetUtcNow(), (await Of(process).FindAsync(used.Handle, isUse: false, Cancelled))!.SeenAt, TimeSpan.FromMilliseconds(1));

        own.Clock.Advance(new SessionsOptions().IdleLifetime);
        Assert.Null(await Of(process).FindAsync(created.Handle, isUse: false, Cancelled));
    }

    [Fact]
    public async Task Keeps_the_first_of_two_changes_and_shows_it_to_an_old_cookie()
    {
        var handle = await CreateAsync(sessions.Record());
        var session = (await Of(Process).ReadAsync(handle, Cancelled))!;

        Assert.Equal(TokensUpdate.Stored, await Of(Process).UpdateAsync(session, session.Tokens with { RefreshToken = "first" }, Cancelled));
        Assert.Equal(TokensUpdate.Overtaken, await Of(Process).UpdateAsync(session, session.Tokens with { RefreshToken = "second" }, Cancelled));

        var read = (await Of(Process).ReadAsync(handle, Cancelled))!;
        Assert.Equal("first", read.Tokens.RefreshToken);
        Assert.Equal(session.Key, read.Key);
        Assert.NotEqual(handle, read.Handle);
    }

    [Fact]
    public async Task Does_not_come_back_by_its_tokens()
    {
        var session = (await Of(Process).ReadAsync(await CreateAsync(sessions.Record()), Cancelled))!;
        await Of(Process).EndByKeyAsync(session.Key, Cancelled);

        Assert.Equal(TokensUpdate.Gone, await Of(Process).UpdateAsync(session, session.Tokens, Cancelled));
        Assert.Null(await Of(Process).ReadAsync(session.Handle, Cancelled));
    }

    [Fact]
    public async Task Leaves_in_Redis_neither_cookie_nor_token()
    {
        using var own = new SessionsFixture();
        await using var process = new SealedProcess(own);
        var created = Assert.IsType<SessionCreation.Created>(await Of(process).CreateAsync(own.Record(), own.Tokens(), Cancelled));
        var session = (await Of(process).ReadAsync(created.Handle, Cancelled))!;
        await Of(process).UpdateAsync(session, session.Tokens with { RefreshToken = "the-next-one" }, Cancelled);

        foreach (var text in ValuesOf(own))
        {
            Assert.DoesNotContain("the-next-one", text, StringComparison.Ordinal);
            Assert.Null(await Of(process).FindAsync(text.Split(':')[^1], isUse: false, Cancelled));
        }
    }

    [Fact]
    public async Task Is_not_begun_when_it_does_not_fit()
    {
        var noise = string.Concat(Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid().ToString("N")));

        Assert.IsType<SessionCreation.TooLarge>(
            await Of(Process).CreateAsync(sessions.Record() with { Name = noise }, sessions.Tokens(), Cancelled));
    }

    private protected async Task<LiveSession?> FindAsync(string handle) => await Of(Process).FindAsync(handle, isUse: false, Cancelled);

    private protected async Task<string> CreateAsync(SessionRecord record) =>
        Assert.IsType<SessionCreation.Created>(await Of(Process).CreateAsync(record, sessions.Tokens(), Cancelled)).Handle;

    private static IEnumerable<string> ValuesOf(SessionsFixture own)
    {
        var database = own.Redis.GetDatabase();
        return own.Redis.GetServer(own.ConnectionString).Keys().ToList().SelectMany(key => database.KeyType(key) switch
        {
            RedisType.String => [database.StringGet(key)],
            RedisType.Hash => database.HashValues(key),
            _ => [],
        }).Select(value => ((string?)value)!);
    }

    private async Task WaitForEndAsync(SealedProcess process, string handle)
    {
        while (await Of(process).FindAsync(handle, isUse: false, Cancelled) is not null)
        {
            Cancelled.ThrowIfCancellationRequested();
        }
    }
}

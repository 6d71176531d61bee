using Platform.Sessions.Sealed;

namespace Platform.Sessions.Tests.Sealed;

public sealed class HybridSessionsTests(SessionsFixture sessions) : SealedTests(sessions), IClassFixture<SessionsFixture>
{
    private static readonly TimeSpan SealedFor = new SessionModeOptions().SealedFor;

    private protected override ISessions Of(SealedProcess process) => process.Hybrid;

    [Fact]
    public async Task S4_53_keeps_refresh_token_and_ID_token_out_of_the_cookie()
    {
        var content = Process.Seal.Open(await CreateAsync(Fixture.Record()))!;

        Assert.Null(content.Tokens.RefreshToken);
        Assert.Null(content.Tokens.IdToken);
        Assert.Equal("the-access-token", content.Tokens.AccessTokens[""].Value);
    }

    [Fact]
    public async Task S4_53_renews_its_cookie_from_the_record_every_15_minutes()
    {
        using var own = new SessionsFixture();
        await using var process = new SealedProcess(own);
        var handle = await CreateAsync(process, own);
        own.Clock.Advance(SealedFor - TimeSpan.FromSeconds(1));
        Assert.Equal(handle, (await process.Hybrid.FindAsync(handle, isUse: false, Cancelled))!.Handle);

        own.Clock.Advance(TimeSpan.FromSeconds(1));
        var renewed = (await process.Hybrid.FindAsync(handle, isUse: false, Cancelled))!;

        Assert.NotEqual(handle, renewed.Handle);
        Assert.Equal("the-refresh-token", renewed.Tokens.RefreshToken);
    }

    [Fact]
    public async Task S4_53_is_not_renewed_when_the_record_is_gone_and_does_not_live_to_the_end_of_its_cookie_either()
    {
        using var own = new SessionsFixture();
        await using var process = new SealedProcess(own);
        var handle = await CreateAsync(process, own);
        await own.Redis.GetDatabase().KeyDeleteAsync(
            SessionKeys.Session((await process.Hybrid.ReadAsync(handle, Cancelled))!.Key));

        await using var other = new SealedProcess(own);
        Assert.Null(await other.Hybrid.FindAsync(handle, isUse: false, Cancelled));
        own.Clock.Advance(SealedFor);
        Assert.Null(await other.Hybrid.FindAsync(handle, isUse: false, Cancelled));
    }

    [Fact]
    public async Task Leaves_access_tokens_that_do_not_fit_in_the_record()
    {
        var noise = string.Concat(Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid().ToString("N")));
        var tokens = Fixture.Tokens().With("api", new(noise, "Bearer", Fixture.Clock.GetUtcNow()));
        var created = Assert.IsType<SessionCreation.Created>(await Process.Hybrid.CreateAsync(Fixture.Record(), tokens, Cancelled));

        Assert.Empty(Process.Seal.Open(created.Handle)!.Tokens.AccessTokens);
        Assert.Equal(noise, (await Process.Hybrid.ReadAsync(created.Handle, Cancelled))!.Tokens.AccessTokens["api"].Value);
    }

    private static async Task<string> CreateAsync(SealedProcess process, SessionsFixture own) =>
        Assert.IsType<SessionCreation.Created>(await process.Hybrid.CreateAsync(own.Record(), own.Tokens(), Cancelled)).Handle;
}

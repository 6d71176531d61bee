using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class ReuseGraceTests(ReuseGraceTests.GraceServer server) : IClassFixture<ReuseGraceTests.GraceServer>
{
    [Fact]
    public async Task T72_Twenty_refreshes_at_once_yield_one_lineage()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.RefreshAsync(tokens.RefreshToken())));

        var successors = new HashSet<string>();
        foreach (var response in responses)
        {
            successors.Add((await App.OkAsync(response)).RefreshToken());
        }

        using var next = await app.RefreshAsync(Assert.Single(successors));
        await App.OkAsync(next);
    }

    [Fact]
    public async Task T72_After_the_grace_a_second_use_ends_the_family()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var refresh = await app.RefreshAsync(tokens.RefreshToken());
        server.Clock.Advance(TimeSpan.FromSeconds(10));

        using var replay = await app.RefreshAsync(tokens.RefreshToken());

        await App.RefusesAsync(replay, "invalid_grant");
        using var next = await app.RefreshAsync((await App.OkAsync(refresh)).RefreshToken());
        await App.RefusesAsync(next, "invalid_grant");
    }

    [Fact]
    public async Task T72_Within_the_grace_a_use_of_the_token_before_the_last_ends_the_family()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var refresh = await app.RefreshAsync(tokens.RefreshToken());
        using var again = await app.RefreshAsync((await App.OkAsync(refresh)).RefreshToken());

        using var replay = await app.RefreshAsync(tokens.RefreshToken());

        await App.RefusesAsync(replay, "invalid_grant");
        using var next = await app.RefreshAsync((await App.OkAsync(again)).RefreshToken());
        await App.RefusesAsync(next, "invalid_grant");
    }

    public sealed class GraceServer : TokenServer
    {
        public GraceServer() => Settings["Idp:RefreshTokens:ReuseGrace"] = "00:00:10";
    }
}

using System.Net;
using Platform.IdP.Ciba;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Ciba;

public sealed class WaitingLimitTests(WaitingLimitTests.Server server) : IClassFixture<WaitingLimitTests.Server>, IAsyncLifetime
{
    private readonly CibaClient _bank = new(server);
    private readonly CibaClient _till = new(server, "till");

    /// <summary>What waited in another test waits no more.</summary>
    public ValueTask InitializeAsync()
    {
        server.Clock.Advance(TimeSpan.FromHours(1));
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_person_has_so_many_requests_to_answer_and_no_more_whoever_asks()
    {
        server.Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 4; i++)
        {
            await _bank.BeginAsync();
        }

        var last = await _till.BeginAsync(("client_notification_token", "t"));

        await DeniedAsync(await _bank.AskAsync());
        await DeniedAsync(await _till.AskAsync(("client_notification_token", "t")));
        await _bank.BeginAsync(("login_hint", "grace"));

        // An answer makes room for one, and the time for all.
        (await _till.DecideAsync(last, "deny")).Dispose();
        await _bank.BeginAsync();
        await DeniedAsync(await _bank.AskAsync());
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await _bank.BeginAsync();
    }

    [Fact]
    public async Task Many_at_once_do_not_get_past_the_limit()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _bank.AskAsync(("login_hint", "grace"))));

        Assert.Equal(5, responses.Count(response => response.StatusCode is HttpStatusCode.OK));
        Assert.Equal(15, responses.Count(response => response.StatusCode is HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_limit_out_of_bounds_stops_the_start(int most) =>
        Assert.True(new CibaOptionsValidator().Validate(null, new CibaOptions { WaitingPerUser = most }).Failed);

    public ValueTask DisposeAsync()
    {
        _bank.Dispose();
        _till.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task DeniedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("access_denied", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    public sealed class Server : CibaServer
    {
        internal override int WaitingPerUser => new CibaOptions().WaitingPerUser;
    }
}

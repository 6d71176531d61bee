using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Ciba;
using Platform.IdP.CrossDevice;
using Platform.Testing;

namespace Platform.IdP.Tests.Ciba;

public sealed class PingTests : IClassFixture<CibaServer>, IDisposable
{
    private readonly CibaServer _server;
    private readonly CibaClient _till;

    public PingTests(CibaServer server)
    {
        (_server, _till) = (server, new CibaClient(server, "till"));
        server.PingAnswer = HttpStatusCode.NoContent;
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("deny")]
    public async Task A_decision_is_told_with_the_clients_own_token(string decision)
    {
        var token = new string('t', 1024);
        var begun = await _till.BeginAsync(("client_notification_token", token));

        (await _till.DecideAsync(begun, decision)).Dispose();

        var ping = await _server.Pings.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("/ping", ping.Path);
        Assert.Equal("Bearer " + token, ping.Authorization);
        Assert.StartsWith("application/json", ping.ContentType, StringComparison.Ordinal);
        Assert.Equal($$"""{"auth_req_id":"{{begun.GetProperty("auth_req_id").GetString()}}"}""", ping.Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("white space")]
    [InlineData("umlaut-ä")]
    [InlineData("===")]
    public async Task A_notification_token_must_be_a_bearer_token(string? token) =>
        await CibaClient.AssertRefusedAsync(await _till.AskAsync(("client_notification_token", token)), "invalid_request");

    [Fact]
    public async Task A_notification_token_of_1025_characters_is_refused() => await CibaClient.AssertRefusedAsync(
        await _till.AskAsync(("client_notification_token", new string('t', 1025))), "invalid_request");

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task An_answer_that_refuses_or_redirects_is_the_last_word_and_the_tokens_are_there(HttpStatusCode answer)
    {
        _server.PingAnswer = answer;
        var begun = await _till.BeginAsync(("client_notification_token", "t"));
        (await _till.DecideAsync(begun, "allow")).Dispose();
        Assert.Equal("/ping", (await _server.Pings.ReadAsync(TestContext.Current.CancellationToken)).Path);
        await Eventually.BecomesTrueAsync(IsQueueEmptyAsync, TestContext.Current.CancellationToken);

        // Whatever would be tried again has its time now; the next ping is the next request's.
        _server.Clock.Advance(TimeSpan.FromSeconds(45));
        using var issued = await _till.PollAsync(begun);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        _server.PingAnswer = HttpStatusCode.NoContent;
        var next = await _till.BeginAsync(("client_notification_token", "next"));
        (await _till.DecideAsync(next, "allow")).Dispose();
        Assert.Equal("Bearer next", (await _server.Pings.ReadAsync(TestContext.Current.CancellationToken)).Authorization);
    }

    [Fact]
    public async Task A_client_that_is_down_is_told_four_times_and_not_more()
    {
        _server.PingAnswer = HttpStatusCode.ServiceUnavailable;
        var begun = await _till.BeginAsync(("client_notification_token", "down"), ("requested_expiry", "1800"));
        (await _till.DecideAsync(begun, "allow")).Dispose();
        var told = 1;
        Assert.Equal("Bearer down", (await _server.Pings.ReadAsync(TestContext.Current.CancellationToken)).Authorization);

        // The clock stands still until it is moved, and the sender comes to wait for it in its own time.
        await Eventually.BecomesTrueAsync(() =>
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            told += _server.Pings.TryRead(out _) ? 1 : 0;
            return told == 4;
        }, TestContext.Current.CancellationToken);

        await Eventually.BecomesTrueAsync(IsQueueEmptyAsync, TestContext.Current.CancellationToken);
        _server.Clock.Advance(TimeSpan.FromMinutes(5));
        _server.PingAnswer = HttpStatusCode.NoContent;
        var next = await _till.BeginAsync(("client_notification_token", "next"));
        (await _till.DecideAsync(next, "allow")).Dispose();
        Assert.Equal("Bearer next", (await _server.Pings.ReadAsync(TestContext.Current.CancellationToken)).Authorization);
    }

    [Fact]
    public async Task A_client_that_polls_is_not_called()
    {
        using var bank = new CibaClient(_server);
        var begun = await bank.BeginAsync(("client_notification_token", "unheeded"));
        (await bank.DecideAsync(begun, "allow")).Dispose();

        var pinged = await _till.BeginAsync(("client_notification_token", "heeded"));
        (await _till.DecideAsync(pinged, "allow")).Dispose();

        Assert.Equal("Bearer heeded", (await _server.Pings.ReadAsync(TestContext.Current.CancellationToken)).Authorization);
    }

    [Fact]
    public async Task What_a_process_left_behind_is_told_when_its_lease_is_over_and_a_second_decision_adds_nothing()
    {
        var begun = await _till.BeginAsync(("client_notification_token", "left-behind"));
        var requests = _server.Services.GetRequiredService<CibaRequestStore>();
        var request = (await requests.FindAsync(begun.GetProperty("auth_req_id").GetString()!))!;
        var queue = _server.Services.GetRequiredService<PingQueue>();

        // As CibaDecisions does it, in a process that ends before it sends anything.
        Assert.True(await requests.DecideAsync(request, new CrossDeviceDecision(null), queue.EntryOf(
            new PingNotification(request.Id, request.ClientId, request.Ping!), PingQueue.Lease)));
        Assert.False(await requests.DecideAsync(request, new CrossDeviceDecision(null), queue.EntryOf(
            new PingNotification("second", request.ClientId, request.Ping!), PingQueue.Lease)));
        Assert.Equal(1, await queue.CountAsync());
        _server.Clock.Advance(PingQueue.Lease);

        Assert.Equal("Bearer left-behind", (await _server.Pings.ReadAsync(TestContext.Current.CancellationToken)).Authorization);
        await Eventually.BecomesTrueAsync(IsQueueEmptyAsync, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _till.Dispose();

    private async Task<bool> IsQueueEmptyAsync() =>
        await _server.Services.GetRequiredService<PingQueue>().CountAsync() == 0;
}

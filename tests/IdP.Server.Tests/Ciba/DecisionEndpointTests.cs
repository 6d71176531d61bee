using System.Net;

namespace Platform.IdP.Tests.Ciba;

public sealed class DecisionEndpointTests(CibaServer server) : IClassFixture<CibaServer>, IDisposable
{
    private readonly CibaClient _bank = new(server);

    [Fact]
    public async Task Refuses_a_call_without_a_token_or_without_the_scope()
    {
        using var anonymous = await _bank.PostDecisionAsync(null, "{}");
        using var other = await _bank.PostDecisionAsync(await _bank.GetOperatorTokenAsync("sessions.revoke"), "{}");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"auth_req_id":"x"}""")]
    [InlineData("""{"decision":"allow"}""")]
    [InlineData("""{"auth_req_id":"x","decision":"perhaps"}""")]
    [InlineData("""{"auth_req_id":7,"decision":"allow"}""")]
    [InlineData("""{"auth_req_id":"x","decision":"allow","sub":"y"}""")]
    [InlineData("""{"auth_req_id":"x","decision":"deny","decision":"allow"}""")]
    [InlineData("""{"auth_req_id":"x","decision":"allow"}""", "text/plain")]
    public async Task Refuses_what_is_no_decision(string body, string type = "application/json")
    {
        using var response = await _bank.PostDecisionAsync(await _bank.GetOperatorTokenAsync(), body, type);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Tells_what_is_unknown_from_what_is_decided()
    {
        var token = await _bank.GetOperatorTokenAsync();
        using var unknown = await _bank.PostDecisionAsync(token, """{"auth_req_id":"unheard-of","decision":"allow"}""");
        var begun = await _bank.BeginAsync();
        (await _bank.DecideAsync(begun, "allow")).Dispose();
        using var again = await _bank.DecideAsync(begun, "deny");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_address_for_test_beds()
    {
        using var response = await _bank.Backchannel.PostAsync("/admin/ciba/automated-decisions?key=&auth_req_id=x&action=allow", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    public void Dispose() => _bank.Dispose();
}

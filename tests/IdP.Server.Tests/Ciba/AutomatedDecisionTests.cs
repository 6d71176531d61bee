using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Ciba;

public sealed class AutomatedDecisionTests(AutomatedDecisionTests.Server server)
    : IClassFixture<AutomatedDecisionTests.Server>, IDisposable
{
    private const string Key = "0123456789-0123456789-0123456789";

    private readonly CibaClient _bank = new(server);

    [Theory]
    [InlineData("allow", null)]
    [InlineData("deny", "access_denied")]
    public async Task Who_has_the_key_decides(string action, string? error)
    {
        var begun = await _bank.BeginAsync();

        using var decided = await PostAsync(Key, begun.GetProperty("auth_req_id").GetString()!, action);

        Assert.Equal(HttpStatusCode.NoContent, decided.StatusCode);
        using var answer = await _bank.PollAsync(begun);
        Assert.Equal(error, (await Portal.Json(answer)).TryGetProperty("error", out var refused) ? refused.GetString() : null);
    }

    [Theory]
    [InlineData("another-key", "x", "allow", HttpStatusCode.Forbidden)]
    [InlineData("", "x", "allow", HttpStatusCode.Forbidden)]
    [InlineData(Key, "unheard-of", "allow", HttpStatusCode.NotFound)]
    [InlineData(Key, "x", "perhaps", HttpStatusCode.BadRequest)]
    public async Task Everything_else_is_refused(string key, string authReqId, string action, HttpStatusCode status)
    {
        using var response = await PostAsync(key, authReqId, action);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    public void Dispose() => _bank.Dispose();

    private Task<HttpResponseMessage> PostAsync(string key, string authReqId, string action) => _bank.Backchannel.PostAsync(
        $"/admin/ciba/automated-decisions?key={key}&auth_req_id={authReqId}&action={action}", null, TestContext.Current.CancellationToken);

    public sealed class Server : CibaServer
    {
        public Server() => Settings["Idp:Ciba:AutomationKey"] = AutomatedDecisionTests.Key;
    }
}

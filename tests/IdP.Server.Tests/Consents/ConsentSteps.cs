using System.Net;
using Platform.IdP.Authorize;
using Platform.IdP.Tests.Running;
using StackExchange.Redis;

namespace Platform.IdP.Tests.Consents;

internal static class ConsentSteps
{
    /// <summary>Signs in for the request; the consent page.</summary>
    public static async Task<HttpResponseMessage> OpenAsync(
        IdpServer server, Portal portal, AuthorizationRequest request, string userName = "ada", string password = "analytical-engine")
    {
        var login = await portal.OpenLoginAsync(await server.StoreAsync(request));
        using var redirect = await portal.SubmitLoginAsync(login, userName, password);
        Assert.StartsWith("/consent?request=", redirect.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var page = await portal.Browser.GetAsync(redirect.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return page;
    }

    /// <summary>Signs in for the request; the consent page's form.</summary>
    public static async Task<Dictionary<string, string>> OpenFormAsync(IdpServer server, Portal portal, AuthorizationRequest request)
    {
        using var page = await OpenAsync(server, portal, request);
        return Portal.HiddenInputs(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Forgets every consent, so that no test depends on another.</summary>
    public static async Task ForgetAsync(IdpServer server)
    {
        foreach (var key in await KeysAsync(server))
        {
            await server.Redis.Connection.GetDatabase().KeyDeleteAsync(key);
        }
    }

    public static async Task<RedisKey[]> KeysAsync(IdpServer server) =>
        (RedisKey[])(await server.Redis.Connection.GetDatabase().ScriptEvaluateAsync("return redis.call('KEYS', 'idp:consent:*')"))!;
}

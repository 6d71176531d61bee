using System.Net;
using System.Text.Json;
using Platform.IdP.Grants;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Ciba;

public sealed class CibaPageTests(CibaServer server) : IClassFixture<CibaServer>, IDisposable
{
    private readonly CibaClient _bank = new(server);

    [Fact]
    public async Task A_person_sees_who_asks_for_what_and_allows_it()
    {
        var begun = await _bank.BeginAsync(("binding_message", "Order <4712>"), ("scope", "openid contacts.read"), ("login_hint", "grace"));

        using var page = await _bank.OpenAsync("grace", "first-compiler");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("A &lt;b&gt;bank&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Order &lt;4712&gt;", html, StringComparison.Ordinal);
        Assert.Contains("contacts.read", html, StringComparison.Ordinal);
        using var done = await _bank.DecideAsync(page, "allow", ("request", IdOf(begun)));
        Assert.Contains("You allowed the request.", await done.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var issued = await _bank.PollAsync(begun);
        var idToken = Portal.Claims((await Portal.Json(issued)).GetProperty("id_token").GetString()!);
        Assert.Equal("c84e9d27-1a6f-4e83-b0d5-93a7f2410e6c", idToken.GetProperty("sub").GetString());
        Assert.False(idToken.TryGetProperty("sid", out _));
    }

    [Fact]
    public async Task The_account_page_leads_to_what_waits_and_to_nothing_else()
    {
        using var page = await _bank.OpenAsync("grace", "first-compiler");
        await _bank.BeginAsync(("login_hint", "grace"));
        var waiting = await _bank.Browser.GetStringAsync("/account", TestContext.Current.CancellationToken);

        server.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Contains("href=\"/ciba\"", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/ciba\"",
            await _bank.Browser.GetStringAsync("/account", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_denies_and_cannot_change_her_mind()
    {
        var begun = await _bank.BeginAsync();
        using var page = await _bank.OpenAsync();
        var id = IdOf(begun);
        using var denied = await _bank.DecideAsync(page, "deny", ("request", id));
        Assert.Equal(HttpStatusCode.OK, denied.StatusCode);

        using var again = await _bank.DecideAsync(page, "allow", ("request", id));

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "access_denied");
    }

    [Fact]
    public async Task A_request_to_another_person_is_not_hers_to_answer()
    {
        var begun = await _bank.BeginAsync();
        await _bank.BeginAsync(("login_hint", "grace"));
        using var page = await _bank.OpenAsync("grace", "first-compiler");

        using var response = await _bank.DecideAsync(page, "allow", ("request", IdOf(begun)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "authorization_pending");
    }

    [Theory]
    [InlineData("form_token", "forged")]
    [InlineData("decision", "perhaps")]
    [InlineData("request", "unheard-of")]
    public async Task Threat16_A_form_with_a_fault_decides_nothing(string name, string value)
    {
        var begun = await _bank.BeginAsync();
        using var page = await _bank.OpenAsync();

        using var response = await _bank.DecideAsync(page, "allow", ("request", IdOf(begun)), (name, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "authorization_pending");
    }

    [Fact]
    public async Task A_form_without_a_session_leads_to_the_sign_in()
    {
        using var response = await _bank.Browser.PostAsync("/ciba/decision", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    public void Dispose() => _bank.Dispose();

    // The page names requests by the hash of what the client has.
    private static string IdOf(JsonElement begun) => Handle.Hash(begun.GetProperty("auth_req_id").GetString()!);
}

using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Consents;

public sealed class ConsentPageTests(ConsentServer server) : IClassFixture<ConsentServer>, IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await ConsentSteps.ForgetAsync(server);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Says_who_asks_for_what_and_links_to_its_policy_and_terms()
    {
        using var portal = new Portal(server);
        using var page = await OpenAsync(portal, "openid", "email", "contacts.read");
        var html = await page.Content.ReadAsStringAsync(Cancelled);

        Assert.Contains("A &lt;b&gt;shop&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Ada Lovelace", html, StringComparison.Ordinal);
        Assert.Contains("See your email address", html, StringComparison.Ordinal);
        Assert.Contains("See your contacts", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://shop.test/privacy\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://shop.test/terms\"", html, StringComparison.Ordinal);
        Assert.Contains("src=\"https://pictures.test/shop.png?v=1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threat15_Is_shown_in_no_frame_runs_no_script_and_loads_the_logo_alone_from_elsewhere()
    {
        using var portal = new Portal(server);
        using var page = await OpenAsync(portal, "openid");

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' https://pictures.test;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self' https://shop.test", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(Cancelled), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Shows_every_member_of_authorization_details()
    {
        using var portal = new Portal(server);
        var request = WaitingRequest.Of(ConsentServer.Client) with
        {
            AuthorizationDetails = """
                [{"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"123.50"},"creditorName":"Merchant"}]
                """,
        };
        using var page = await ConsentSteps.OpenAsync(server, portal, request);
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancelled));

        Assert.Contains("Payment initiation", html, StringComparison.Ordinal);
        Assert.Contains("Currency: EUR, Amount: 123.50", html, StringComparison.Ordinal);
        Assert.Contains("Creditor name", html, StringComparison.Ordinal);
        Assert.Contains("Merchant", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_claims_that_are_asked_for_one_by_one()
    {
        using var portal = new Portal(server);
        var request = WaitingRequest.Of(ConsentServer.Client) with
        {
            Claims = """{"userinfo":{"phone_number":null},"id_token":{"auth_time":{"essential":true}}}""",
        };
        using var page = await ConsentSteps.OpenAsync(server, portal, request);
        var html = await page.Content.ReadAsStringAsync(Cancelled);

        Assert.Contains("See your phone number", html, StringComparison.Ordinal);
        Assert.DoesNotContain("auth time", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_what_is_new_from_what_was_allowed_before()
    {
        using var portal = new Portal(server);
        using var first = await OpenAsync(portal, "openid", "email");
        using var _ = await portal.DecideAsync(Portal.HiddenInputs(await first.Content.ReadAsStringAsync(Cancelled)), "allow");

        using var redirect = await portal.Browser.GetAsync(
            await server.StoreAsync(WaitingRequest.Of(ConsentServer.Client, "openid", "email", "profile")), Cancelled);
        var html = await portal.Browser.GetStringAsync(redirect.Headers.Location, Cancelled);

        var (asked, known) = (html[..html.IndexOf("id=\"known\"", StringComparison.Ordinal)], html[html.IndexOf("id=\"known\"", StringComparison.Ordinal)..]);
        Assert.Contains("See your profile", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("See your email address", asked, StringComparison.Ordinal);
        Assert.Contains("See your email address", known, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> OpenAsync(Portal portal, params string[] scopes) =>
        ConsentSteps.OpenAsync(server, portal, WaitingRequest.Of(ConsentServer.Client, scopes));
}

using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

/// <summary>Two providers: what one says is never taken for the other's word (RFC 9700 section 4.4, RFC 9207).</summary>
public sealed class SeveralProvidersTests(SeveralProviders portal) : IClassFixture<SeveralProviders>
{
    private readonly SeveralProviders _portal = portal.Fresh();

    [Fact]
    public async Task Tells_a_page_which_providers_there_are()
    {
        using var browser = _portal.Browser();

        using var response = await browser.CallAsync("/auth/providers");

        var providers = (await Browser.JsonAsync(response)).EnumerateArray()
            .Select(provider => (Text(provider, "name"), Text(provider, "displayName")));
        Assert.Equal([("", "127.0.0.1"), ("acme", "Acme Inc."), ("signed", "127.0.0.1")], providers.Order());
    }

    [Fact]
    public async Task R3_each_provider_has_a_callback_of_its_own()
    {
        using var browser = _portal.Browser();

        var callback = await browser.BeginAsync("/auth/login?provider=acme&returnUrl=/contacts");
        using var answer = await browser.FinishSignInAsync(callback);

        Assert.StartsWith($"{Portal.Origin}/auth/callback/acme?", callback);
        Assert.Equal("/contacts", answer.Headers.Location!.OriginalString);
        Assert.Equal(_portal.Acme.Subject, await SubjectAsync(browser));
        Assert.Empty(_portal.Provider.Forms);
    }

    [Theory]
    [InlineData("/auth/login?provider=other")]
    [InlineData("/auth/login?provider=ACME")]
    [InlineData("/auth/login?provider=acme&provider=acme")]
    [InlineData("/auth/callback/other?code=c&state=s")]
    public async Task Refuses_a_provider_that_is_not_in_the_configuration(string address)
    {
        using var browser = _portal.Browser();

        using var answer = await browser.NavigateAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/auth/login", "/auth/callback/acme")]
    [InlineData("/auth/login?provider=acme", "/auth/callback")]
    public async Task R4_refuses_the_answer_of_one_at_the_address_of_another(string login, string elsewhere)
    {
        using var browser = _portal.Browser();
        var callback = new Uri(await browser.BeginAsync(login));

        await _portal.AssertRefusedAsync(browser, Portal.Origin + elsewhere + callback.Query, "wrong_provider");

        Assert.DoesNotContain(_portal.Provider.Forms.Concat(_portal.Acme.Forms), form => form.Path == "/token");
    }

    [Fact]
    public async Task R4_I3_refuses_an_answer_that_names_the_other_issuer()
    {
        using var browser = _portal.Browser();
        _portal.Acme.Response = response => response["iss"] = _portal.Provider.Issuer;

        await _portal.AssertRefusedAsync(browser, await browser.BeginAsync("/auth/login?provider=acme"), "wrong_issuer");
    }

    [Fact]
    public async Task I7_refuses_an_ID_token_that_names_the_other_issuer()
    {
        using var browser = _portal.Browser();
        _portal.Acme.IdToken = claims => claims["iss"] = _portal.Provider.Issuer;

        await _portal.AssertRefusedAsync(
            browser, await browser.BeginAsync("/auth/login?provider=acme"), "id_token_refused", HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task I7_refuses_a_signed_answer_that_names_the_other_issuer()
    {
        using var browser = _portal.Browser();
        _portal.Signed.Response = response => response["iss"] = _portal.Provider.Issuer;

        await _portal.AssertRefusedAsync(browser, await browser.BeginAsync("/auth/login?provider=signed"), "response_refused");
    }

    [Fact]
    public async Task I7_refuses_an_answer_that_another_provider_signed()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginAsync("/auth/login?provider=signed");
        var state = _portal.Signed.Forms.Single().Form["state"];

        var forged = _portal.Acme.Sign(new() { ["iss"] = _portal.Signed.Issuer, ["state"] = state, ["code"] = "c" });

        await _portal.AssertRefusedAsync(browser, QueryHelpers.AddQueryString($"{Portal.Origin}/auth/callback/signed", forged), "response_refused");
        await RefusedSignIn.AssertWorksAsync(browser, callback);
    }

    [Fact]
    public async Task A_sign_in_at_another_provider_ends_the_session_of_the_first()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var former = browser.Cookies["__Host-bff"];

        await RefusedSignIn.AssertWorksAsync(browser, await browser.BeginAsync("/auth/login?provider=acme"));

        Assert.Equal(_portal.Acme.Subject, await SubjectAsync(browser));
        browser.Cookies["__Host-bff"] = former;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task A_session_is_refreshed_and_ended_at_its_own_provider()
    {
        _portal.Acme.Refreshes = true;
        using var browser = _portal.Browser();
        await RefusedSignIn.AssertWorksAsync(browser, await browser.BeginAsync("/auth/login?provider=acme"));
        _portal.Clock.Advance(TimeSpan.FromMinutes(59.8));

        using var call = await browser.CallAsync("/api/contacts");
        using var logout = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.OK, call.StatusCode);
        Assert.Equal(1, _portal.Acme.RefreshesBegun);
        Assert.Equal(0, _portal.Provider.RefreshesBegun);
        var url = (await Browser.JsonAsync(logout)).GetProperty("logoutUrl").GetString()!;
        Assert.StartsWith($"{_portal.Acme.Issuer}/end_session?", url);
        Assert.Contains("client_id=bff-server", url);
    }

    [Fact]
    public async Task I6_two_providers_with_one_issuer_stop_the_start()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => _portal.StartAsync(("Providers:acme:Issuer", _portal.Provider.Issuer)));

        Assert.Contains($"Two providers have the issuer {_portal.Provider.Issuer}", failure.Message);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<string?> SubjectAsync(Browser browser)
    {
        using var response = await browser.CallAsync("/auth/session");
        return Text(await Browser.JsonAsync(response), "subject");
    }
}

/// <summary>A portal with three providers, of which one signs its answers.</summary>
public sealed class SeveralProviders : Portal
{
    internal TestProvider Acme { get; private set; } = null!;

    internal TestProvider Signed { get; private set; } = null!;

    internal new SeveralProviders Fresh()
    {
        base.Fresh();
        Acme.Reset();
        Signed.Reset();
        return this;
    }

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        foreach (var (name, provider) in (IEnumerable<(string, TestProvider)>)[("acme", Acme), ("signed", Signed)])
        {
            settings[$"Providers:{name}:Issuer"] = provider.Issuer;
            settings[$"Providers:{name}:ClientSecret"] = TestProvider.ClientSecret;
            settings[$"Providers:{name}:TokenAuthMethod"] = "client_secret_post";
            settings[$"Providers:{name}:SignedResponse"] = name is "signed" ? "true" : "false";
            settings[$"Providers:{name}:DPoP"] = "false";
        }

        settings["Providers:acme:DisplayName"] = "Acme Inc.";
        return settings;
    }

    public override async ValueTask InitializeAsync()
    {
        Acme = await TestProvider.StartAsync(Clock);
        Signed = await TestProvider.StartAsync(Clock);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Acme.DisposeAsync();
        await Signed.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override IEnumerable<string> Issued() => base.Issued().Concat(Acme.Issued).Concat(Signed.Issued);
}

using System.Net;
using Platform.IdP.Tests.Device;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Languages;

public sealed class PageLanguageTests(TokenServer server) : IClassFixture<TokenServer>, IDisposable
{
    private readonly Portal _portal = new(server);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, "en", "Sign in")]
    [InlineData("de", null, "de", "Anmelden")]
    [InlineData("de-AT", null, "de", "Anmelden")]
    [InlineData("fr, de;q=0.5", null, "de", "Anmelden")]
    [InlineData("de;q=0.5, en", null, "en", "Sign in")]
    [InlineData("fr", null, "en", "Sign in")]
    [InlineData("en", "de", "de", "Anmelden")]
    [InlineData("de", "en", "en", "Sign in")]
    [InlineData("en", "fr-CA de-CH en", "de", "Anmelden")]
    [InlineData("de", "fr", "de", "Anmelden")]
    [InlineData("de", "../../x %", "de", "Anmelden")]
    public async Task A_page_is_in_the_language_of_the_request_or_else_of_the_browser(
        string? browser, string? uiLocales, string language, string heading)
    {
        Speak(browser);

        var page = await GetAsync(await LoginAsync(("ui_locales", uiLocales)));

        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{heading}</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_of_a_pushed_request_stays_until_its_end()
    {
        var address = await _portal.PushAsync(("ui_locales", "de"), ("prompt", "consent"));
        var form = await _portal.OpenLoginAsync(address);

        using var wrong = await _portal.SubmitLoginAsync(form, password: "wrong");
        Assert.Contains("Der Benutzername oder das Passwort ist falsch.", await ReadAsync(wrong), StringComparison.Ordinal);

        using var right = await _portal.SubmitLoginAsync(form);
        var consent = await GetAsync(right.Headers.Location!.OriginalString);
        Assert.Contains("<html lang=\"de\">", consent, StringComparison.Ordinal);
        Assert.Contains("<h1>Zugriff erlauben?</h1>", consent, StringComparison.Ordinal);
        Assert.Contains("Ihre E-Mail-Adresse sehen", consent, StringComparison.Ordinal);
        Assert.Contains("<strong id=\"person\">Ada Lovelace</strong>", consent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_locales_are_taken_and_not_heeded()
    {
        var address = await _portal.PushAsync(("claims_locales", "de"));

        Assert.Contains("<html lang=\"en\">", await GetAsync((await OpenAsync(address)).OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_page_keeps_the_code_and_the_words_of_the_protocol()
    {
        Speak("de");

        using var response = await _portal.Browser.GetAsync("/authorize?client_id=nobody", Cancelled);

        var page = await ReadAsync(response);
        Assert.Contains("<h1>Das hat nicht funktioniert</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<code>invalid_request</code>", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\">The client is unknown.</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_over_is_told_in_the_language_of_the_browser()
    {
        Speak("de");

        using var response = await _portal.Browser.GetAsync("/login?request=unheard-of", Cancelled);

        Assert.Contains("role=\"alert\">Diese Anmeldung ist abgelaufen", await ReadAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_and_device_pages_speak_the_language_of_the_browser()
    {
        using var person = new Television(server);
        person.Browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        using var account = await person.SignInAsync("/account");
        using var device = await person.Browser.GetAsync("/device", Cancelled);
        using var ciba = await person.Browser.GetAsync("/ciba", Cancelled);
        using var factor = await person.Browser.GetAsync("/account/app", Cancelled);

        var page = await ReadAsync(account);
        Assert.Contains("Angemeldet als <strong>ada</strong>", page, StringComparison.Ordinal);
        Assert.Matches(@"seit <time [^>]+>\d\d\.\d\d\.\d{4}, \d\d:\d\d UTC</time>", page);
        Assert.Contains("<h1>Gerät verbinden</h1>", await ReadAsync(device), StringComparison.Ordinal);
        Assert.Contains("<h1>Anfragen</h1>", await ReadAsync(ciba), StringComparison.Ordinal);
        Assert.Contains("<h1>Authenticator-App</h1>", await ReadAsync(factor), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "Abmelden?")]
    [InlineData("en", "Sign out?")]
    public async Task A_logout_has_its_own_language(string uiLocales, string heading)
    {
        Speak("de");
        await _portal.GetCodeAsync();

        var direct = await GetAsync($"/end_session?client_id=plain&ui_locales={uiLocales}");
        using var posted = await _portal.Browser.PostAsync("/end_session", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["client_id"] = "plain", ["ui_locales"] = uiLocales }), Cancelled);

        Assert.Contains($"<h1>{heading}</h1>", direct, StringComparison.Ordinal);
        Assert.Contains($"<h1>{heading}</h1>", await GetAsync(posted.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metadata_names_the_languages()
    {
        using var response = await _portal.Backchannel.GetAsync("/.well-known/openid-configuration", Cancelled);

        Assert.Equal(["en", "de"], (await Portal.Json(response)).GetProperty("ui_locales_supported")
            .EnumerateArray().Select(language => language.GetString()));
    }

    [Fact]
    public async Task What_clients_are_told_stays_English()
    {
        _portal.Backchannel.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        using var response = await _portal.PostAsync("/token", new() { ["grant_type"] = "unheard-of" });

        Assert.Matches("^[A-Za-z ,._()]+$", (await Portal.Json(response)).GetProperty("error_description").GetString());
    }

    public void Dispose() => _portal.Dispose();

    private void Speak(string? languages)
    {
        if (languages is not null)
        {
            _portal.Browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(languages);
        }
    }

    private async Task<string> LoginAsync(params (string Name, string? Value)[] changes) =>
        (await OpenAsync(Portal.PlainAddress(changes))).OriginalString;

    private async Task<Uri> OpenAsync(string address)
    {
        using var response = await _portal.Browser.GetAsync(address, Cancelled);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!;
    }

    private async Task<string> GetAsync(string address)
    {
        using var response = await _portal.Browser.GetAsync(address, Cancelled);
        return await ReadAsync(response);
    }

    // As a person reads it.
    private static async Task<string> ReadAsync(HttpResponseMessage response) =>
        WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled));
}

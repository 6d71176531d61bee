using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Device;

public sealed class DevicePageTests(DeviceServer server) : IClassFixture<DeviceServer>, IDisposable
{
    private readonly Television _tv = new(server);

    [Fact]
    public async Task A_code_in_the_address_survives_the_sign_in_and_still_asks()
    {
        var begun = await _tv.BeginAsync();

        using var page = await _tv.SignInAsync(new Uri(begun.GetProperty("verification_uri_complete").GetString()!).PathAndQuery);

        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(begun.GetProperty("user_code").GetString()!, html, StringComparison.Ordinal);
        Assert.Contains("A &lt;b&gt;television&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("contacts.read", html, StringComparison.Ordinal);
        Assert.Contains("<strong>ada</strong>", html, StringComparison.Ordinal);
        using var pending = await _tv.PollAsync(begun);
        Assert.Equal("authorization_pending", (await Portal.Json(pending)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData(" {0} ")]
    [InlineData("{0}", true)]
    public async Task Case_and_punctuation_of_a_code_do_not_count(string format, bool bare = false)
    {
        var begun = await _tv.BeginAsync();
        var code = begun.GetProperty("user_code").GetString()!.ToLowerInvariant();
        (await _tv.SignInAsync()).Dispose();

        using var page = await _tv.EnterAsync(string.Format(format, bare ? code.Replace('-', '.') : code));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("BCDF-GHJ")]
    [InlineData("BCDF-GHJA")]
    [InlineData("BCDF-GHJKL")]
    [InlineData("")]
    public async Task A_code_that_cannot_be_one_is_refused_with_a_sentence(string code)
    {
        (await _tv.SignInAsync(userName: "grace", password: "first-compiler")).Dispose();

        using var page = await _tv.EnterAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("This code is wrong", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threat16_A_decision_without_the_form_of_this_browser_is_none()
    {
        var begun = await _tv.BeginAsync();
        (await _tv.SignInAsync()).Dispose();
        using var confirm = await _tv.EnterAsync(begun.GetProperty("user_code").GetString()!);

        using var forged = await _tv.DecideAsync(confirm, "allow", ("form_token", "forged"));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var pending = await _tv.PollAsync(begun);
        Assert.Equal("authorization_pending", (await Portal.Json(pending)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Threat16_A_page_that_another_person_saw_decides_nothing()
    {
        var begun = await _tv.BeginAsync();
        (await _tv.SignInAsync()).Dispose();
        using var confirm = await _tv.EnterAsync(begun.GetProperty("user_code").GetString()!);

        using var decided = await _tv.DecideAsync(confirm, "allow", ("session", "the session of another"));

        Assert.Equal(HttpStatusCode.BadRequest, decided.StatusCode);
        using var pending = await _tv.PollAsync(begun);
        Assert.Equal("authorization_pending", (await Portal.Json(pending)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_decision_is_made_once()
    {
        var begun = await _tv.BeginAsync();
        (await _tv.SignInAsync()).Dispose();
        using var confirm = await _tv.EnterAsync(begun.GetProperty("user_code").GetString()!);
        (await _tv.DecideAsync(confirm, "deny")).Dispose();

        using var second = await _tv.DecideAsync(confirm, "allow");

        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        using var denied = await _tv.PollAsync(begun);
        Assert.Equal("access_denied", (await Portal.Json(denied)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_decision_is_to_allow_or_to_deny()
    {
        var begun = await _tv.BeginAsync();
        (await _tv.SignInAsync()).Dispose();
        using var confirm = await _tv.EnterAsync(begun.GetProperty("user_code").GetString()!);

        using var neither = await _tv.DecideAsync(confirm, "perhaps");

        Assert.Equal(HttpStatusCode.BadRequest, neither.StatusCode);
    }

    [Theory]
    [InlineData("/device")]
    [InlineData("/device/decision")]
    public async Task A_form_without_a_session_leads_to_the_sign_in(string path)
    {
        using var response = await _tv.Browser.PostAsync(path, new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.StartsWith("/login?request=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/device")]
    [InlineData("/device?user_code=BCDF-GHJK")]
    public async Task Threat15_The_pages_are_shown_in_no_frame(string path)
    {
        using var page = await _tv.SignInAsync(path);

        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    public void Dispose() => _tv.Dispose();
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Interaction;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Interaction;

public sealed class LocalSignInTests(IdpServer server) : IClassFixture<IdpServer>, IDisposable
{
    private readonly HttpClient _browser = server.NewClient();

    [Fact]
    public async Task Brings_the_person_back_once_with_a_session()
    {
        var form = await OpenAsync();

        using var signedIn = await SubmitAsync(form, "analytical-engine");
        using var again = await SubmitAsync(form, "analytical-engine");

        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        Assert.Equal("/device?user_code=BCDF-GHJK", signedIn.Headers.Location!.OriginalString);
        Assert.Contains(signedIn.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-idp=", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_shows_the_form_again()
    {
        using var response = await SubmitAsync(await OpenAsync(), "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Threat12_A_form_of_another_browser_signs_nobody_in()
    {
        var form = await OpenAsync();
        form["form_token"] = "forged";

        using var response = await SubmitAsync(form, "analytical-engine");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key == "Set-Cookie");
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/login?request=unheard-of")]
    public async Task A_request_that_is_not_known_shows_an_error(string address)
    {
        using var response = await _browser.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("//evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("https://evil.test")]
    [InlineData("")]
    public async Task Threat10_A_path_that_leads_elsewhere_is_refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => server.Services.GetRequiredService<LocalSignIn>().BeginAsync(path, "a test"));

    public void Dispose() => _browser.Dispose();

    private async Task<Dictionary<string, string>> OpenAsync()
    {
        using var begin = await _browser.GetAsync("/device?user_code=BCDF-GHJK");
        var result = await _browser.GetAsync(begin.Headers.Location);
        return Portal.HiddenInputs(await result.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> SubmitAsync(Dictionary<string, string> form, string password) =>
        _browser.PostAsync("/login", new FormUrlEncodedContent(Portal.Change(form, ("username", "ada"), ("password", password))));
}

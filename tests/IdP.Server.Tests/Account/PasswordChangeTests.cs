using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Account;

public sealed class PasswordChangeTests(IdpServer server) : IClassFixture<IdpServer>, IAsyncLifetime
{
    private const string Chosen = "a quite new difference engine";

    private readonly Portal _portal = new(server);

    public async ValueTask InitializeAsync() => await AccountSteps.ForgetAsync(server);

    public ValueTask DisposeAsync()
    {
        _portal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_new_password_signs_in_and_the_old_one_does_not()
    {
        using var response = await ChangeAsync("analytical-engine", Chosen, Chosen);

        Assert.Equal("/account?done=password", response.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync("analytical-engine"));
        Assert.Equal(HttpStatusCode.SeeOther, await SignInAsync(Chosen));
    }

    [Fact]
    public async Task The_other_sessions_end_and_this_one_lives()
    {
        using var phone = new Portal(server);
        await phone.SignInAsync();

        using var _ = await ChangeAsync("analytical-engine", Chosen, Chosen);
        using var other = await phone.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")));
        using var own = await _portal.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")));

        Assert.Equal("login_required", Portal.Answer(other, Portal.PlainRedirectUri)["error"]);
        Assert.Contains("code", Portal.Answer(own, Portal.PlainRedirectUri).Keys);
    }

    [Theory]
    [InlineData("wrong", Chosen, Chosen, "The old password is wrong.", 401)]
    [InlineData("analytical-engine", "short", "short", "at least 12 characters", 400)]
    [InlineData("analytical-engine", "my name is Ada!", "my name is Ada!", "must not contain your user name", 400)]
    [InlineData("analytical-engine", "analytical-engine", "analytical-engine", "is the old one", 400)]
    [InlineData("analytical-engine", Chosen, Chosen + "!", "was not repeated exactly", 400)]
    [InlineData("analytical-engine", Chosen, "", "Fill in all three fields.", 400)]
    public async Task A_change_that_is_not_right_says_why_and_changes_nothing(
        string old, string chosen, string repeated, string message, int status)
    {
        using var response = await ChangeAsync(old, chosen, repeated);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await SignInAsync("analytical-engine"));
    }

    [Fact]
    public async Task Guessing_the_old_password_is_limited()
    {
        var page = await _portal.OpenAsync("/account/password");
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await SubmitAsync(page, "wrong", Chosen, Chosen);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var response = await SubmitAsync(page, "analytical-engine", Chosen, Chosen);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
    }

    private async Task<HttpResponseMessage> ChangeAsync(string old, string chosen, string repeated) =>
        await SubmitAsync(await _portal.OpenAsync("/account/password"), old, chosen, repeated);

    private Task<HttpResponseMessage> SubmitAsync(string page, string old, string chosen, string repeated) => _portal.PostAsync(
        "/account/password", page, ("old_password", old), ("new_password", chosen), ("repeated_password", repeated));

    private async Task<HttpStatusCode> SignInAsync(string password)
    {
        using var another = new Portal(server);
        using var response = await another.SubmitLoginAsync(
            await another.OpenLoginAsync(await another.PushAsync()), password: password);
        return response.StatusCode;
    }
}

using System.Net;
using Platform.IdP.Credentials;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Account;

public sealed class SecondFactorTests(IdpServer server) : IClassFixture<IdpServer>, IAsyncLifetime
{
    private const string Strong = "urn:platform:acr:mfa";

    private readonly Portal _portal = new(server);

    public async ValueTask InitializeAsync() => await AccountSteps.ForgetAsync(server);

    public ValueTask DisposeAsync()
    {
        _portal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whoever_has_one_is_signed_in_by_password_and_code_and_the_ID_token_says_so()
    {
        var (secret, _) = await _portal.SetUpAppAsync(server);
        using var another = new Portal(server);

        using var password = await another.SubmitLoginAsync(await another.OpenLoginAsync(await another.PushAsync()));
        Assert.StartsWith("/login/factor?request=", password.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain(password.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-idp=", StringComparison.Ordinal));
        using var response = await EnterAsync(another, password.Headers.Location, Code(secret));
        using var tokens = await another.RedeemAsync(Portal.Answer(response)["code"]);

        var claims = Portal.Claims((await Portal.Json(tokens)).GetProperty("id_token").GetString()!);
        Assert.Equal(Strong, claims.GetProperty("acr").GetString());
        Assert.Equal(["pwd", "otp", "mfa"], claims.GetProperty("amr").EnumerateArray().Select(method => method.GetString()));
    }

    [Fact]
    public async Task The_password_alone_opens_nothing()
    {
        await _portal.SetUpAppAsync(server);
        using var another = new Portal(server);
        using var password = await another.SubmitLoginAsync(await another.OpenLoginAsync(await another.PushAsync()));

        using var account = await another.Browser.GetAsync("/account");
        using var silent = await another.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")));

        Assert.StartsWith("/login?", account.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("login_required", Portal.Answer(silent, Portal.PlainRedirectUri)["error"]);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var (secret, _) = await _portal.SetUpAppAsync(server);
        using var first = new Portal(server);
        using var signedIn = await EnterAsync(first, await PasswordAsync(first), Code(secret));
        Assert.Contains("code", Portal.Answer(signedIn).Keys);

        using var second = new Portal(server);
        using var again = await EnterAsync(second, await PasswordAsync(second), Code(secret));

        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Contains("used before", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_can_be_corrected_and_too_many_are_refused_even_before_the_right_one()
    {
        var (secret, _) = await _portal.SetUpAppAsync(server);
        using var another = new Portal(server);
        var address = await PasswordAsync(another);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await EnterAsync(another, address, "000000");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var response = await EnterAsync(another, address, Code(secret));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_once()
    {
        var (_, codes) = await _portal.SetUpAppAsync(server);
        Assert.Equal(10, codes.Count);
        using var another = new Portal(server);
        using var signedIn = await EnterAsync(another, await PasswordAsync(another), codes[0].ToLowerInvariant());
        Assert.Contains("code", Portal.Answer(signedIn).Keys);

        using var third = new Portal(server);
        using var again = await EnterAsync(third, await PasswordAsync(third), codes[0]);

        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task Threat28_Neither_the_secret_nor_a_recovery_code_is_kept_in_the_clear()
    {
        var (secret, codes) = await _portal.SetUpAppAsync(server);

        var files = string.Concat(Directory.GetFiles(server.Settings["Idp:Credentials:Folder"], "*.json").Select(File.ReadAllText));

        Assert.Contains("\"totp\"", files, StringComparison.Ordinal);
        Assert.DoesNotContain(Base32.Encode(secret), files, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(secret), files, StringComparison.Ordinal);
        Assert.DoesNotContain(codes[0], files, StringComparison.Ordinal);
        Assert.DoesNotContain(codes[0].Replace("-", "", StringComparison.Ordinal), files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T11_A_session_without_it_is_asked_when_the_client_demands_the_class()
    {
        using var early = new Portal(server);
        await early.SignInAsync();
        var (secret, _) = await _portal.SetUpAppAsync(server);

        using var asked = await early.Browser.GetAsync(
            await server.StoreAsync(WaitingRequest.Of("plain") with { EssentialClasses = [Strong] }));
        Assert.StartsWith("/login/factor?request=", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var silent = await early.Browser.GetAsync(
            await server.StoreAsync(WaitingRequest.Of("plain") with { EssentialClasses = [Strong], Prompts = ["none"] }));
        Assert.Equal("login_required", WaitingRequest.Answer(silent, "plain")["error"]);

        using var response = await EnterAsync(early, asked.Headers.Location, Code(secret));

        Assert.Contains("code", WaitingRequest.Answer(response, "plain").Keys);
    }

    [Fact]
    public async Task A_voluntary_class_is_worth_a_question_and_no_error()
    {
        using var early = new Portal(server);
        await early.SignInAsync();
        await _portal.SetUpAppAsync(server);
        var request = WaitingRequest.Of("plain") with { AuthenticationClasses = [Strong] };

        using var asked = await early.Browser.GetAsync(await server.StoreAsync(request));
        using var silent = await early.Browser.GetAsync(await server.StoreAsync(request with { Prompts = ["none"] }));

        Assert.StartsWith("/login/factor?", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("code", WaitingRequest.Answer(silent, "plain").Keys);
    }

    [Fact]
    public async Task Threat11_Showing_it_gives_the_session_a_new_cookie_and_the_old_one_is_dead()
    {
        using var signedIn = await _portal.SubmitAsync(await _portal.OpenLoginAsync(await _portal.PushAsync()));
        var page = await _portal.Browser.GetStringAsync("/account/app");
        using var added = await _portal.PostAsync("/account/app", page, ("code", Code(AccountSteps.SecretOf(page))));
        var (old, current) = (SsoCookie(signedIn), SsoCookie(added));

        Assert.NotEqual(old, current);
        using var thief = server.NewClient();
        thief.DefaultRequestHeaders.Add("Cookie", old);
        using var response = await thief.GetAsync(Portal.PlainAddress(("prompt", "none")));
        Assert.Equal("login_required", Portal.Answer(response, Portal.PlainRedirectUri)["error"]);
    }

    [Fact]
    public async Task A_set_up_with_a_wrong_code_adds_nothing()
    {
        var page = await _portal.OpenAsync("/account/app");

        using var response = await _portal.PostAsync("/account/app", page, ("code", "000000"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(Directory.GetFiles(server.Settings["Idp:Credentials:Folder"], "*.json"));
    }

    [Fact]
    public async Task Once_removed_the_password_signs_in_again()
    {
        await _portal.SetUpAppAsync(server);
        var account = await _portal.Browser.GetStringAsync("/account");

        using var removed = await _portal.PostAsync("/account/app/remove", account);
        using var another = new Portal(server);

        Assert.Equal("/account?done=app-removed", removed.Headers.Location!.OriginalString);
        Assert.NotEmpty(await another.GetCodeAsync());
    }

    [Fact]
    public async Task A_sign_in_of_some_time_ago_is_not_enough_to_change_one()
    {
        await _portal.OpenAsync("/account");
        server.Clock.Advance(TimeSpan.FromMinutes(6));

        using var response = await _portal.Browser.GetAsync("/account/app");

        Assert.StartsWith("/login?request=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private string Code(byte[] secret) => Totp.CodeAt(secret, server.Clock.GetUtcNow());

    private static async Task<Uri> PasswordAsync(Portal portal)
    {
        using var response = await portal.SubmitLoginAsync(await portal.OpenLoginAsync(await portal.PushAsync()));
        return response.Headers.Location!;
    }

    private static async Task<HttpResponseMessage> EnterAsync(Portal portal, Uri address, string code)
    {
        var form = await portal.OpenFormAsync(address.OriginalString);
        return await portal.Browser.PostAsync("/login/factor", new FormUrlEncodedContent(Portal.Change(form, ("code", code))));
    }

    private static string SsoCookie(HttpResponseMessage response) => response.Headers.GetValues("Set-Cookie")
        .Single(cookie => cookie.StartsWith("__Host-idp=", StringComparison.Ordinal)).Split(';')[0];
}

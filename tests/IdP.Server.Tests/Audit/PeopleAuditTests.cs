using Platform.IdP.Credentials;
using Platform.IdP.Tests.Account;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Audit;

public sealed class PeopleAuditTests(AuditServer server) : IClassFixture<AuditServer>, IAsyncLifetime
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";

    private readonly Portal _portal = new(server);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await AccountSteps.ForgetAsync(server);
        server.Record.Clear();
    }

    public ValueTask DisposeAsync()
    {
        _portal.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_sign_in_is_told_with_the_person_her_factors_and_her_address()
    {
        await _portal.GetCodeAsync();

        var told = server.Record.Last("SignInSucceeded");
        Assert.Equal(100, told.Id);
        Assert.Equal((Ada, "pwd", "127.0.0.1"), (told["Subject"], told["Methods"], told["ClientAddress"]));
        Assert.NotEmpty(told["Session"]!);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_whose_it_would_have_been()
    {
        using var response = await _portal.SubmitAsync(await _portal.OpenLoginAsync(await _portal.PushAsync()), password: "wrong");

        var told = server.Record.Last("SignInFailed");
        Assert.Equal(101, told.Id);
        Assert.Equal((Ada, "pwd", "wrong", "127.0.0.1"), (told["Account"], told["Factor"], told["Outcome"], told["ClientAddress"]));
    }

    // People type their password where their name belongs.
    [Fact]
    public async Task T27_A_name_that_nobody_has_is_told_by_what_says_nothing_of_it()
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var response = await _portal.SubmitAsync(
                await _portal.OpenLoginAsync(await _portal.PushAsync()), "my-secret-password", "x");
        }

        var told = server.Record.Of("SignInFailed");
        Assert.Equal(2, told.Count);
        Assert.Equal(told[0]["Account"], told[1]["Account"]);
        Assert.StartsWith("unknown:", told[0]["Account"], StringComparison.Ordinal);
        Assert.All(told.SelectMany(one => one.Fields.Values), field => Assert.DoesNotContain("my-secret-password", field, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Second_factors_are_told_that_are_set_up_wrong_used_and_shown()
    {
        using var enrolled = new Portal(server);
        var (secret, codes) = await enrolled.SetUpAppAsync(server);
        Assert.Equal(["app create", "recovery-codes create"],
            server.Record.Of("CredentialChanged").Select(told => $"{told["Credential"]} {told["Change"]}"));

        using var password = await _portal.SubmitLoginAsync(await _portal.OpenLoginAsync(await _portal.PushAsync()));
        Assert.Single(server.Record.Of("SignInSucceeded"));
        var form = await _portal.OpenFormAsync(password.Headers.Location!.OriginalString);
        using var wrong = await _portal.Browser.PostAsync("/login/factor", new FormUrlEncodedContent(Portal.Change(form, ("code", "000000"))), Cancelled);
        using var shown = await _portal.Browser.PostAsync("/login/factor", new FormUrlEncodedContent(Portal.Change(
            form, ("code", Totp.CodeAt(secret, server.Clock.GetUtcNow())))), Cancelled);

        var failed = Assert.Single(server.Record.Of("SignInFailed"));
        Assert.Equal((Ada, "second factor", "wrong"), (failed["Account"], failed["Factor"], failed["Outcome"]));
        Assert.Equal("pwd otp mfa", server.Record.Last("SignInSucceeded")["Methods"]);
    }

    [Fact]
    public async Task A_passkey_that_is_none_is_told()
    {
        var form = await _portal.OpenLoginAsync(await _portal.PushAsync());
        var page = await _portal.OpenFormAsync($"/login/passkey?request={form["request"]}");
        using var response = await _portal.Browser.PostAsync("/login/passkey", new FormUrlEncodedContent(Portal.Change(page, ("credential", "{}"))), Cancelled);

        Assert.Equal(("unknown", "passkey"), (server.Record.Last("SignInFailed")["Account"], server.Record.Last("SignInFailed")["Factor"]));
    }

    [Fact]
    public async Task A_sign_out_is_told()
    {
        var idToken = (await _portal.SignInAsync()).IdToken();
        using var response = await _portal.Browser.GetAsync($"/end_session?id_token_hint={idToken}", Cancelled);

        var told = server.Record.Last("SignedOut");
        Assert.Equal(102, told.Id);
        Assert.Equal((Ada, Portal.Claims(idToken).GetProperty("sid").GetString()), (told["Subject"], told["Session"]));
    }

    [Fact]
    public async Task A_session_is_told_that_the_person_ends_or_that_another_ends_who_signs_in()
    {
        var page = await _portal.OpenAsync("/account");
        using var elsewhere = new Portal(server);
        await elsewhere.GetCodeAsync();
        using var ended = await _portal.PostAsync("/account/sessions/end-others", page);
        Assert.Equal((103, Ada, "the person or her client"), (server.Record.Last("SessionEnded").Id, server.Record.Last("SessionEnded")["Subject"], server.Record.Last("SessionEnded")["By"]));

        using var other = await _portal.SubmitAsync(
            await _portal.OpenLoginAsync(await _portal.PushAsync(("prompt", "login"))), "grace", "first-compiler");
        Assert.Equal((Ada, "another's sign-in"), (server.Record.Last("SessionEnded")["Subject"], server.Record.Last("SessionEnded")["By"]));
    }

    [Fact]
    public async Task Consents_are_told_that_are_given_denied_and_withdrawn()
    {
        using var app = new App(server, "other-app");
        await app.GetCodeAsync("openid contacts.read");
        var granted = server.Record.Last("ConsentGranted");
        Assert.Equal((110, Ada, "other-app", "openid contacts.read"), (granted.Id, granted["Subject"], granted["ClientId"], granted["Scopes"]));

        using var again = await app.Portal.Browser.GetAsync(Portal.PlainAddress(("client_id", "other-app"),
            ("redirect_uri", app.RedirectUri), ("scope", "openid contacts.read"), ("prompt", "consent")), Cancelled);
        using var denied = await app.Portal.DecideAsync(await app.Portal.OpenFormAsync(again.Headers.Location!.OriginalString), "deny");
        Assert.Equal((111, Ada, "other-app"), (server.Record.Last("ConsentDenied").Id, server.Record.Last("ConsentDenied")["Subject"], server.Record.Last("ConsentDenied")["ClientId"]));

        var account = await app.Portal.Browser.GetStringAsync("/account", Cancelled);
        using var withdrawn = await app.Portal.PostAsync("/account/consents/withdraw", account, ("client", "other-app"));
        Assert.Equal((112, Ada, "other-app"), (server.Record.Last("ConsentWithdrawn").Id, server.Record.Last("ConsentWithdrawn")["Subject"], server.Record.Last("ConsentWithdrawn")["ClientId"]));
    }

    [Fact]
    public async Task A_changed_password_is_told()
    {
        var page = await _portal.OpenAsync("/account/password");
        using var response = await _portal.PostAsync("/account/password", page, ("old_password", "analytical-engine"),
            ("new_password", "a-difference-engine"), ("repeated_password", "a-difference-engine"));

        var told = server.Record.Last("CredentialChanged");
        Assert.Equal((120, Ada, "password", "update"), (told.Id, told["Subject"], told["Credential"], told["Change"]));
    }
}

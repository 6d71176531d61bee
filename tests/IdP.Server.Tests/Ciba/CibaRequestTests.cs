using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Ciba;

public sealed class CibaRequestTests(CibaServer server) : IClassFixture<CibaServer>, IDisposable
{
    private readonly CibaClient _bank = new(server);

    [Theory]
    [InlineData("login_hint", null, "invalid_request")]
    [InlineData("id_token_hint", "another hint", "invalid_request")]
    [InlineData("login_hint_token", "another hint", "invalid_request")]
    [InlineData("login_hint", "nobody", "unknown_user_id")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "contacts.read", "invalid_scope")]
    [InlineData("scope", "openid email", "invalid_scope")]
    [InlineData("resource", "https://unknown.test", "invalid_target")]
    [InlineData("authorization_details", "{}", "invalid_authorization_details")]
    [InlineData("binding_message", "Grüße", "invalid_binding_message")]
    [InlineData("binding_message", "1234 \ud83d\ude00", "invalid_binding_message")]
    [InlineData("binding_message", "a\nb", "invalid_binding_message")]
    [InlineData("binding_message", "12345678901234567890123456789012345678901234567890123456789012345", "invalid_binding_message")]
    [InlineData("requested_expiry", "0", "invalid_request")]
    [InlineData("requested_expiry", "-5", "invalid_request")]
    [InlineData("requested_expiry", "soon", "invalid_request")]
    public async Task A_request_with_a_fault_is_refused(string name, string? value, string error) =>
        await CibaClient.AssertRefusedAsync(await _bank.AskAsync((name, value)), error);

    [Fact]
    public async Task A_login_hint_token_alone_is_not_supported() => await CibaClient.AssertRefusedAsync(
        await _bank.AskAsync(("login_hint", null), ("login_hint_token", "x.y.z")), "invalid_request");

    [Fact]
    public async Task An_id_token_names_its_user_to_its_client_alone()
    {
        var begun = await _bank.BeginAsync();
        (await _bank.DecideAsync(begun, "allow")).Dispose();
        var idToken = (await Portal.Json(await _bank.PollAsync(begun))).GetProperty("id_token").GetString();
        server.Clock.Advance(TimeSpan.FromHours(1));

        await _bank.BeginAsync(("login_hint", null), ("id_token_hint", idToken));

        using var signer = new CibaClient(server, "till");
        await CibaClient.AssertRefusedAsync(await signer.AskAsync(
            ("login_hint", null), ("id_token_hint", idToken), ("client_notification_token", "t")), "unknown_user_id");
        await CibaClient.AssertRefusedAsync(
            await _bank.AskAsync(("login_hint", null), ("id_token_hint", idToken + "x")), "unknown_user_id");
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("grace")]
    public async Task An_id_token_with_a_pairwise_sub_names_its_user(string userName)
    {
        using var paired = new CibaClient(server, "paired");
        var begun = await paired.BeginAsync(("login_hint", userName));
        (await paired.DecideAsync(begun, "allow")).Dispose();
        var idToken = (await Portal.Json(await paired.PollAsync(begun))).GetProperty("id_token").GetString()!;
        Assert.Null(server.Services.GetRequiredService<UserDirectory>()
            .FindBySubject(Portal.Claims(idToken).GetProperty("sub").GetString()!));

        var hinted = await paired.BeginAsync(("login_hint", null), ("id_token_hint", idToken));

        (await paired.DecideAsync(hinted, "allow")).Dispose();
        var again = (await Portal.Json(await paired.PollAsync(hinted))).GetProperty("id_token").GetString()!;
        Assert.Equal(Portal.Claims(idToken).GetProperty("sub").GetString(), Portal.Claims(again).GetProperty("sub").GetString());
    }

    [Fact]
    public async Task An_id_token_with_a_pairwise_sub_of_nobody_names_nobody()
    {
        using var paired = new CibaClient(server, "paired");
        var hint = Jwt.Sign(server.Services.GetRequiredService<SigningKeys>().Tokens, "JWT",
            new JsonObject { ["iss"] = IdpServer.Issuer, ["aud"] = "paired", ["sub"] = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10" });

        await CibaClient.AssertRefusedAsync(
            await paired.AskAsync(("login_hint", null), ("id_token_hint", hint)), "unknown_user_id");
    }

    [Fact]
    public async Task A_client_without_the_grant_is_refused() => await CibaClient.AssertRefusedAsync(
        await _bank.AskAsync(("client_id", "plain"), ("client_secret", IdpServer.PlainSecret)), "unauthorized_client");

    [Fact]
    public async Task A_client_that_does_not_authenticate_is_refused() =>
        await CibaClient.AssertRefusedAsync(await _bank.AskAsync(("client_secret", "wrong")), "invalid_client");

    [Fact]
    public async Task A_body_that_is_no_form_is_refused() => await CibaClient.AssertRefusedAsync(
        await _bank.Backchannel.PostAsync("/bc-authorize", new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken),
        "invalid_request");

    [Fact]
    public async Task A_user_code_is_not_asked_for_and_not_heeded()
    {
        using var response = await _bank.AskAsync(("user_code", "1234"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public void Dispose() => _bank.Dispose();
}

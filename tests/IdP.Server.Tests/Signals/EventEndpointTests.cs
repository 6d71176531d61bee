using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals;

public sealed class EventEndpointTests(IdpServer server) : IClassFixture<IdpServer>, IDisposable
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";
    private const string AdaSubject = $$"""{"format":"iss_sub","iss":"{{IdpServer.Issuer}}","sub":"{{Ada}}"}""";
    private const string Elsewhere = """{"format":"iss_sub","iss":"https://elsewhere.test","sub":"somebody"}""";

    private readonly Portal _portal = new(server);

    public void Dispose() => _portal.Dispose();

    [Theory]
    [InlineData("device-compliance-change", """{"previous_status":"compliant","current_status":"not-compliant"}""")]
    [InlineData("risk-level-change", """{"principal":"USER","current_level":"HIGH","risk_reason":"A leaked password"}""")]
    [InlineData("https://schemas.openid.net/secevent/risc/event-type/credential-compromise", """{"credential_type":"password"}""")]
    [InlineData("assurance-level-change", """{"namespace":"NIST-AAL","current_level":"nist-aal1","initiating_entity":"policy"}""")]
    [InlineData("account-disabled", """{"reason":"hijacking"}""")]
    public async Task An_event_of_any_type_is_published_with_its_members(string type, string members)
    {
        using var response = await RaiseAsync($$"""{"type":"{{type}}","subject":{{AdaSubject}},"event":{{members}}}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = await Portal.Json(response);
        var told = await server.Topic.NextAsync(type.Split('/')[^1], Ada);
        Assert.Equal(answer.Text("jti"), told.Text("jti"));
        Assert.Equal(answer.Text("txn"), told.Text("txn"));
        var value = told.Event().Value;
        Assert.Equal(server.Clock.GetUtcNow().ToUnixTimeSeconds(), value.GetProperty("event_timestamp").GetInt64());
        Assert.Equal("Raised by an administrator.", value.GetProperty("reason_admin").Text("en"));
        var given = JsonElement.Parse(members);
        Assert.Equal(given.TryGetProperty("initiating_entity", out var entity) ? entity.GetString() : "admin", value.Text("initiating_entity"));
        Assert.All(given.EnumerateObject(), member => Assert.True(JsonElement.DeepEquals(member.Value, value.GetProperty(member.Name))));
    }

    [Theory]
    [InlineData("""{"format":"phone_number","phone_number":"+44 20 7946 0000"}""")]
    [InlineData("""{"format":"email","email":"ada@example.com"}""")]
    [InlineData("""{"format":"complex","device":{"format":"opaque","id":"a laptop"},"user":{"format":"email","email":"x@elsewhere.test"}}""")]
    [InlineData("""{"format":"aliases","identifiers":[{"format":"email","email":"x@elsewhere.test"},{"format":"account","uri":"acct:x@elsewhere.test"}]}""")]
    public async Task A_subject_of_any_format_goes_out_as_it_came(string subject)
    {
        using var response = await RaiseAsync($$"""{"type":"account-credential-change-required","subject":{{subject}}}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var told = await server.Topic.NextAsync("account-credential-change-required", "");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(subject), told.GetProperty("sub_id")), told.GetRawText());
    }

    [Fact]
    public async Task Session_revoked_of_a_session_of_ours_ends_it()
    {
        var sid = Portal.Claims((await _portal.SignInAsync()).IdToken()).Text("sid")!;
        var subject = $$$"""{"format":"complex","session":{"format":"opaque","id":"{{{sid}}}"}}""";

        using var response = await RaiseAsync(
            $$$$"""{"type":"session-revoked","subject":{{{{subject}}}},"event":{"reason_admin":{"en":"A lost phone"}}}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var told = await server.Topic.NextAsync("session-revoked", sid);
        Assert.Equal((await Portal.Json(response)).Text("jti"), told.Text("jti"));
        Assert.Equal("A lost phone", told.Event().Value.GetProperty("reason_admin").Text("en"));
        Assert.Equal(Ada, told.GetProperty("sub_id").GetProperty("user").Text("sub"));
        using var silent = await _portal.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")), TestContext.Current.CancellationToken);
        Assert.Equal("login_required", Portal.Answer(silent, Portal.PlainRedirectUri)["error"]);
    }

    [Fact]
    public async Task Session_revoked_of_anothers_session_is_told_and_ends_nothing_here()
    {
        await _portal.SignInAsync();

        using var response = await RaiseAsync($$"""{"type":"session-revoked","subject":{{Elsewhere}}}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await server.Topic.NextAsync("session-revoked", "elsewhere.test");
        using var silent = await _portal.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")), TestContext.Current.CancellationToken);
        Assert.True(Portal.Answer(silent, Portal.PlainRedirectUri).ContainsKey("code"));
    }

    [Theory]
    [InlineData("", "unique members")]
    [InlineData("[]", "unique members")]
    [InlineData("""{"type":"session-revoked","type":"session-revoked"}""", "unique members")]
    [InlineData("""{"subject":SUBJECT}""", "type must be")]
    [InlineData("""{"type":"session-revokd","subject":SUBJECT}""", "type must be")]
    [InlineData("""{"type":7,"subject":SUBJECT}""", "type must be")]
    [InlineData("""{"type":"verification","subject":SUBJECT}""", "manages its streams")]
    [InlineData("""{"type":"session-revoked"}""", "subject is missing")]
    [InlineData("""{"type":"session-revoked","subject":"ada"}""", "not a JSON object")]
    [InlineData("""{"type":"session-revoked","subject":{"format":"name","name":"Ada"}}""", "format of the subject identifier is not known")]
    [InlineData("""{"type":"session-revoked","subject":{"format":"complex","user":SUBJECT,"sesion":{"format":"opaque","id":"x"}}}""", "member that its format does not have")]
    [InlineData("""{"type":"session-revoked","subject":SUBJECT,"reason":"none"}""", "'reason' is not known")]
    [InlineData("""{"type":"session-revoked","subject":SUBJECT,"event":[]}""", "not a JSON object")]
    [InlineData("""{"type":"session-revoked","subject":SUBJECT,"event":{"reason":"none"}}""", "no member 'reason'")]
    [InlineData("""{"type":"session-revoked","subject":SUBJECT,"event":{"event_timestamp":9999999999}}""", "in the future")]
    [InlineData("""{"type":"session-revoked","subject":SUBJECT,"event":{"initiating_entity":"nobody"}}""", "initiating_entity is not")]
    [InlineData("""{"type":"risk-level-change","subject":SUBJECT,"event":{"current_level":"HIGH"}}""", "no principal")]
    [InlineData("""{"type":"device-compliance-change","subject":SUBJECT,"event":{"previous_status":"compliant","current_status":"lost"}}""", "current_status is not")]
    [InlineData("""{"type":"identifier-changed","subject":SUBJECT,"event":{"new-value":"x"}}""", "e-mail address or a telephone number")]
    public async Task What_a_receiver_would_refuse_or_ignore_is_refused(string body, string reason)
    {
        using var response = await RaiseAsync(body.Replace("SUBJECT", AdaSubject, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(reason, (await Portal.Json(response)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_session_of_another_user()
    {
        var sid = Portal.Claims((await _portal.SignInAsync()).IdToken()).Text("sid");
        var subject = $$$"""{"format":"complex","user":{{{Elsewhere}}},"session":{"format":"opaque","id":"{{{sid}}}"}}""";

        using var response = await RaiseAsync($$"""{"type":"session-revoked","subject":{{subject}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("of another user", (await Portal.Json(response)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_body_that_is_not_JSON()
    {
        using var response = await RaiseAsync("type=session-revoked", type: "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Refuses_a_call_without_a_token_and_one_whose_token_is_for_something_else()
    {
        using var without = await SendAsync(null, "{}", "application/json");
        using var other = await SendAsync(await _portal.GetAdminTokenAsync(), "{}", "application/json");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"signals.raise\"", other.Headers.WwwAuthenticate.ToString());
    }

    private async Task<HttpResponseMessage> RaiseAsync(string body, string type = "application/json") =>
        await SendAsync(await _portal.GetAdminTokenAsync("signals.raise"), body, type);

    private async Task<HttpResponseMessage> SendAsync(string? token, string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/events") { Content = new StringContent(body, null, type) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _portal.Backchannel.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

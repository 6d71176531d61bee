using System.Net;
using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Provider;

/// <summary>What the provider lacks is switched off by the operator, never silently.</summary>
public sealed class AbilitiesTests(FullPortal portal) : IClassFixture<FullPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Theory]
    [InlineData("pushed_authorization_request_endpoint", "Oidc:PushedAuthorization")]
    [InlineData("code_challenge_methods_supported", "Oidc:Pkce")]
    [InlineData("response_modes_supported", "Oidc:SignedResponse")]
    [InlineData("dpop_signing_alg_values_supported", "Oidc:DPoP")]
    public async Task A_provider_that_lacks_something_is_used_only_when_the_setting_says_so(string member, string setting)
    {
        _portal.Provider.Metadata = metadata => metadata.Remove(member);

        await AssertRefusedAsync(setting, $"the provider's metadata has no {member}");
        await AssertSignsInAsync((setting, "false"));
    }

    [Fact]
    public async Task R2_R7_refuses_a_provider_whose_PKCE_is_plain() => await AssertRefusedAsync(
        metadata => metadata["code_challenge_methods_supported"] = new JsonArray("plain"), "Oidc:Pkce");

    [Fact]
    public async Task I4_a_provider_that_does_not_name_itself_needs_the_setting()
    {
        _portal.Provider.Metadata = metadata => metadata.Remove("authorization_response_iss_parameter_supported");
        _portal.Provider.Response = response => response.Remove("iss");

        await AssertRefusedAsync("Oidc:ResponseIssuer", "Oidc:ResponseIssuer", ("Oidc:SignedResponse", "false"));
        await AssertSignsInAsync(("Oidc:SignedResponse", "false"), ("Oidc:ResponseIssuer", "false"));
    }

    [Theory]
    [InlineData("private_key_jwt")]
    [InlineData("client_secret_post")]
    [InlineData("client_secret_basic")]
    public async Task B1_P2_S0_16_signs_in_with_each_method_of_client_authentication(string method)
    {
        await AssertSignsInAsync(("Oidc:TokenAuthMethod", method));

        var requests = _portal.Provider.Forms.ToList();
        Assert.Equal(["/par", "/token"], requests.Select(request => request.Path));
        Assert.All(requests, request => Assert.Equal(method, MethodOf(request.Form)));
    }

    [Fact]
    public async Task A_method_that_the_provider_does_not_offer_is_refused() => await AssertRefusedAsync(
        metadata => metadata["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic"), "Oidc:TokenAuthMethod");

    [Fact]
    public async Task I3_refuses_another_issuer_also_where_none_is_promised()
    {
        _portal.Provider.Metadata = metadata => metadata.Remove("authorization_response_iss_parameter_supported");
        _portal.Provider.Response = response => response["iss"] = "https://evil.example";
        await using var replica = await _portal.StartAsync(("Oidc:SignedResponse", "false"), ("Oidc:ResponseIssuer", "false"));
        using var browser = _portal.Browser(replica);

        await _portal.AssertRefusedAsync(browser, await browser.BeginSignInAsync(), "wrong_issuer");
    }

    [Fact]
    public async Task F9_R15_asks_where_the_metadata_says()
    {
        _portal.Provider.Metadata = metadata =>
        {
            metadata["pushed_authorization_request_endpoint"] = $"{_portal.Provider.Issuer}/moved/par";
            metadata["token_endpoint"] = $"{_portal.Provider.Issuer}/moved/token";
        };

        await AssertSignsInAsync();

        Assert.Equal(["/moved/par", "/moved/token"], _portal.Provider.Forms.Select(request => request.Path));
    }

    [Fact]
    public async Task Everything_can_be_off_but_what_protects_the_code()
    {
        _portal.Provider.Metadata = metadata =>
        {
            foreach (var member in (string[])["pushed_authorization_request_endpoint", "response_modes_supported", "dpop_signing_alg_values_supported"])
            {
                metadata.Remove(member);
            }
        };

        await AssertSignsInAsync(
            ("Oidc:PushedAuthorization", "false"), ("Oidc:SignedResponse", "false"), ("Oidc:DPoP", "false"),
            ("Oidc:TokenAuthMethod", "client_secret_basic"));
    }

    // The provider has accepted it; what is not in the form was in the header.
    private static string MethodOf(IReadOnlyDictionary<string, string> form) =>
        form.ContainsKey("client_assertion") ? "private_key_jwt"
        : form.ContainsKey("client_secret") ? "client_secret_post"
        : "client_secret_basic";

    private Task AssertRefusedAsync(Action<JsonObject> metadata, string setting)
    {
        _portal.Provider.Metadata = metadata;
        return AssertRefusedAsync(setting, setting);
    }

    private async Task AssertRefusedAsync(string setting, string reason, params (string Name, string Value)[] settings)
    {
        await using var replica = await _portal.StartAsync(settings);
        using var browser = _portal.Browser(replica);

        using var login = await browser.NavigateAsync("/auth/login");

        Assert.Equal(HttpStatusCode.BadGateway, login.StatusCode);
        Assert.Empty(_portal.Provider.Forms);
        Assert.Contains(_portal.Logs.Lines, line => line.Contains("downgrade_refused", StringComparison.Ordinal) &&
            line.Contains(setting, StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    private async Task AssertSignsInAsync(params (string Name, string Value)[] settings)
    {
        await using var replica = await _portal.StartAsync(settings);
        using var browser = _portal.Browser(replica);

        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }
}

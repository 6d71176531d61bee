using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.Registration;

public sealed class RegistrationTests(RegisteringPortal portal) : IClassFixture<RegisteringPortal>
{
    private readonly RegisteringPortal _portal = (RegisteringPortal)portal.Fresh();
    private readonly string _clientId = RegisteringPortal.NewClientId();

    [Fact]
    public async Task S0_10_registers_once_and_later_starts_do_nothing()
    {
        var token = _portal.Provider.NewInitialAccessToken();
        await using (var first = await _portal.RegisterAsync(_clientId, token))
        {
            Assert.Contains(_portal.Logs.Lines, line => line.StartsWith($"Information: Client registered: {_clientId} ", StringComparison.Ordinal));
            Assert.Equal(HealthStatus.Healthy, (await RegisteringPortal.HealthAsync(first)).Status);
        }

        await using var withToken = await _portal.RegisterAsync(_clientId, token);
        await using var withoutToken = await _portal.RegisterAsync(_clientId, null);

        Assert.Single(_portal.Provider.Registrations);
        Assert.Equal(2, _portal.Said(_clientId).Count(line => line.Contains("is as it should be", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task J7_S0_11_sends_what_the_provider_has_to_know()
    {
        await using var replica = await _portal.RegisterAsync(
            _clientId, _portal.Provider.NewInitialAccessToken(),
            ("DCR_CLIENT_ID", _clientId), ("DCR_CLIENT_PROFILE", "code-flow-pkjwt"),
            ("DCR_REDIRECT_URIS", "https://automate.portal.test/auth/callback, https://authz.portal.test/auth/callback"));

        var (method, metadata) = Assert.Single(_portal.Provider.Registrations);
        Assert.Equal("POST", method);
        Assert.Equal(
            [$"{Portal.Origin}/auth/callback", "https://automate.portal.test/auth/callback", "https://authz.portal.test/auth/callback"],
            Texts(metadata["redirect_uris"]));
        Assert.Equal([$"{Portal.Origin}/"], Texts(metadata["post_logout_redirect_uris"]));
        Assert.Equal(
            [_clientId, "code-flow-pkjwt", "private_key_jwt", $"{Portal.Origin}/.well-known/jwks.json",
                "openid profile email offline_access contacts.read", "ES256", "ES256",
                $"{Portal.Origin}/auth/backchannel-logout", $"{Portal.Origin}/auth/initiate"],
            ((string[])["client_id", "client_profile", "token_endpoint_auth_method", "jwks_uri", "scope", "id_token_signed_response_alg",
                "authorization_signed_response_alg", "backchannel_logout_uri", "initiate_login_uri"]).Select(name => (string?)metadata[name]));
        Assert.True((bool)metadata["dpop_bound_access_tokens"]! && (bool)metadata["require_pushed_authorization_requests"]!);
        Assert.DoesNotContain("force_replace", metadata.Select(member => member.Key));
    }

    [Fact]
    public async Task Registers_the_callbacks_of_every_host()
    {
        await using var replica = await _portal.RegisterAsync(
            _clientId, _portal.Provider.NewInitialAccessToken(),
            ("Bff:DynamicCallback", "true"), ("Bff:Origins:0", "https://automate.portal.test"));

        var (_, metadata) = Assert.Single(_portal.Provider.Registrations);
        Assert.Equal([$"{Portal.Origin}/auth/callback", "https://automate.portal.test/auth/callback"], Texts(metadata["redirect_uris"]));
        Assert.Equal([$"{Portal.Origin}/", "https://automate.portal.test/"], Texts(metadata["post_logout_redirect_uris"]));
    }

    [Fact]
    public async Task S0_10_changes_the_registration_when_what_is_registered_has_changed()
    {
        await using (await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken()))
        {
        }

        await using (await _portal.RegisterAsync(_clientId, null, ("OIDC_SCOPES", "openid profile")))
        {
        }

        await using var third = await _portal.RegisterAsync(_clientId, null, ("OIDC_SCOPES", "openid email"));

        Assert.Equal(["POST", "PUT", "PUT"], _portal.Provider.Registrations.Select(request => request.Method));
        var metadata = _portal.Provider.Registrations.Last().Metadata;
        Assert.Equal("openid email", (string?)metadata["scope"]);
        Assert.Equal(_clientId, (string?)metadata["client_id"]);
        Assert.Equal(3, _portal.Said(_clientId).Count(line => line.Contains("Client registered:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Replaces_a_client_with_a_new_token_when_told_to_and_only_then()
    {
        await using (await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken()))
        {
        }

        var token = _portal.Provider.NewInitialAccessToken();
        await using (await _portal.RegisterAsync(_clientId, token))
        {
            Assert.Single(_portal.Provider.Registrations);
        }

        await using (await _portal.RegisterAsync(_clientId, token, ("DCR_FORCE_REPLACE", "true")))
        {
        }

        await using var again = await _portal.RegisterAsync(_clientId, token, ("DCR_FORCE_REPLACE", "true"));

        Assert.Equal(2, _portal.Provider.Registrations.Count);
        Assert.True((bool)_portal.Provider.Registrations.Last().Metadata["force_replace"]!);
    }

    [Fact]
    public async Task Registers_anew_when_the_provider_has_forgotten_the_client_and_there_is_a_new_token()
    {
        await using (await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken()))
        {
        }

        _portal.Provider.ForgetRegistration(_clientId);
        await using var replica = await _portal.RegisterAsync(
            _clientId, _portal.Provider.NewInitialAccessToken(), ("OIDC_SCOPES", "openid"));

        Assert.Equal(["POST", "PUT", "POST"], _portal.Provider.Registrations.Select(request => request.Method));
        Assert.Equal(HealthStatus.Healthy, (await RegisteringPortal.HealthAsync(replica)).Status);
    }

    [Fact]
    public async Task Two_replicas_that_start_together_register_once()
    {
        var gate = new TaskCompletionSource();
        _portal.Provider.RegistrationGate = gate.Task;
        var token = _portal.Provider.NewInitialAccessToken();

        await using var first = await _portal.StartAsync(("Oidc:ClientId", _clientId), ("DCR_IAT", token));
        await using var second = await _portal.StartAsync(("Oidc:ClientId", _clientId), ("DCR_IAT", token));
        gate.SetResult();
        await Eventually.BecomesTrueAsync(() => _portal.Said(_clientId).Count() == 2, TestContext.Current.CancellationToken);

        Assert.Single(_portal.Provider.Registrations);
        Assert.Single(_portal.Said(_clientId), line => line.Contains("Client registered:", StringComparison.Ordinal));
        Assert.Single(_portal.Said(_clientId), line => line.Contains("is as it should be", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_and_a_memory_nothing_happens()
    {
        await using var replica = await _portal.StartAsync(("Oidc:ClientId", _clientId));
        using var browser = _portal.Browser(replica);

        using var health = await browser.SendAsync(HttpMethod.Get, "/health", crossSite: false);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Empty(_portal.Provider.Registrations);
        Assert.Empty(_portal.Said(_clientId));
    }

    private static IEnumerable<string?> Texts(JsonNode? array) => ((JsonArray)array!).Select(item => (string?)item);
}

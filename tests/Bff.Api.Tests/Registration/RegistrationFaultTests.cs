using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Testing;

namespace Platform.Bff.Tests.Registration;

/// <summary>S0-15: a failure has its exact signature, with cause and fix, and the service runs on, degraded.</summary>
public sealed class RegistrationFaultTests(RegisteringPortal portal) : IClassFixture<RegisteringPortal>
{
    private readonly RegisteringPortal _portal = (RegisteringPortal)portal.Fresh();
    private readonly string _clientId = RegisteringPortal.NewClientId();

    [Theory]
    [InlineData(400, "invalid_scope", "policy.allowed_scopes")]
    [InlineData(400, "invalid_redirect_uri", "DCR_REDIRECT_URIS")]
    [InlineData(400, "invalid_client_metadata", "A client with this client_id exists")]
    public async Task S0_15_says_signature_cause_and_fix(int status, string error, string fix)
    {
        _portal.Provider.RegistrationRefusal = (status, error, "A client with this client_id exists. Set force_replace.");

        await AssertRefusedAsync(_portal.Provider.NewInitialAccessToken(), $"the provider answered {status} {error}:", fix);
    }

    [Fact]
    public async Task S0_15_says_that_the_token_is_spent() =>
        await AssertRefusedAsync("spent-or-never-issued", "the provider answered 401 invalid_token", "let the provider issue a new one");

    [Fact]
    public async Task Says_that_the_provider_registers_nobody()
    {
        _portal.Provider.Metadata = metadata => metadata.Remove("registration_endpoint");
        await AssertRefusedAsync(_portal.Provider.NewInitialAccessToken(), "no registration_endpoint", "remove DCR_IAT");
    }

    [Fact]
    public async Task Says_that_the_provider_chose_another_name_which_then_works()
    {
        var other = RegisteringPortal.NewClientId();
        _portal.Provider.Registration = answer => answer["client_id"] = other;
        var token = _portal.Provider.NewInitialAccessToken();

        await AssertRefusedAsync(token, $"registered the client as '{other}'", "set Oidc:ClientId");
        await using var replica = await _portal.RegisterAsync(other, token, ("Registration:ClientName", _clientId));

        Assert.Single(_portal.Provider.Registrations);
        Assert.Equal(HealthStatus.Healthy, (await RegisteringPortal.HealthAsync(replica)).Status);
    }

    [Fact]
    public async Task Says_that_a_change_needs_a_token_where_the_provider_has_no_place_for_changes()
    {
        _portal.Provider.Registration = answer => answer.Remove("registration_client_uri");
        await using (await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken()))
        {
        }

        await using var replica = await _portal.RegisterAsync(_clientId, null, ("OIDC_SCOPES", "openid"));

        Assert.Single(_portal.Provider.Registrations);
        Assert.Contains("DCR_FORCE_REPLACE=true", (await RegisteringPortal.HealthAsync(replica)).Description);
    }

    [Fact]
    public async Task Sends_the_registration_access_token_to_nobody_but_who_issued_it()
    {
        _portal.Provider.Registration = answer => answer["registration_client_uri"] = "https://evil.example/register/bff";
        await using (await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken()))
        {
        }

        await using var replica = await _portal.RegisterAsync(_clientId, null, ("OIDC_SCOPES", "openid"));

        Assert.Contains("gave no means to say so", (await RegisteringPortal.HealthAsync(replica)).Description);
    }

    [Fact]
    public async Task Goes_on_trying_while_the_provider_is_away()
    {
        _portal.Provider.RegistrationRefusal = (503, null, null);
        await using var replica = await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken());
        Assert.Equal(HealthStatus.Degraded, (await RegisteringPortal.HealthAsync(replica)).Status);

        _portal.Provider.RegistrationRefusal = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                _portal.Clock.Advance(TimeSpan.FromSeconds(5));
                return (await RegisteringPortal.HealthAsync(replica)).Status is HealthStatus.Healthy;
            },
            TestContext.Current.CancellationToken);

        Assert.Contains(_portal.Said(_clientId), line => line.Contains("Client registered:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaves_a_client_with_a_secret_alone()
    {
        await using (await _portal.RegisterAsync(_clientId, _portal.Provider.NewInitialAccessToken()))
        {
        }

        await using var replica = await _portal.StartAsync(
            ("Oidc:ClientId", _clientId), ("Oidc:TokenAuthMethod", "client_secret_post"), ("OIDC_SCOPES", "openid"));
        using var browser = _portal.Browser(replica);
        using var health = await browser.SendAsync(HttpMethod.Get, "/health", crossSite: false);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Single(_portal.Provider.Registrations);
    }

    private async Task AssertRefusedAsync(string token, string signature, string fix)
    {
        await using var replica = await _portal.RegisterAsync(_clientId, token);
        using var browser = _portal.Browser(replica);
        using var health = await browser.SendAsync(HttpMethod.Get, "/health", crossSite: false);

        var report = await RegisteringPortal.HealthAsync(replica);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Equal("Degraded", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.All(
            [_portal.Logs.Lines.Single(line => line.StartsWith("Error:", StringComparison.Ordinal) && line.Contains(_clientId, StringComparison.Ordinal)),
                report.Description!],
            text =>
            {
                Assert.Contains(signature, text);
                Assert.Contains(fix, text);
            });
        _portal.Secrets.Add(token);
    }
}

using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

public sealed class KeyRotationTests
{
    [Fact]
    public async Task O11_a_key_that_may_be_new_is_an_outage_and_no_refusal()
    {
        await using var portal = new Portal();
        await portal.InitializeAsync();
        portal.Provider.SignsWithNextKey = true;
        await portal.AssertRefusedAsync("id_token_refused", HttpStatusCode.BadGateway);
        portal.Provider.PublishesNextKey = true;

        await portal.AssertRefusedAsync("provider_unavailable", HttpStatusCode.ServiceUnavailable);

        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = portal.Browser();
        await browser.SignInAsync();
    }
}

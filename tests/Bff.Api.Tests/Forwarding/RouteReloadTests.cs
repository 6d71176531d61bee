using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.Forwarding;

public sealed class RouteReloadTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Takes_up_a_good_configuration_and_keeps_it_when_a_bad_one_follows()
    {
        await using var replica = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);
        await browser.SignInAsync();

        Reload(replica, "later", ("Token", "none"));
        await Eventually.BecomesTrueAsync(
            async () => await browser.StatusAsync("/api/later") is HttpStatusCode.OK, TestContext.Current.CancellationToken);

        Reload(replica, "wrong", ("Token", "exchange"));
        await Eventually.BecomesTrueAsync(
            () => _portal.Logs.Lines.Any(line => line.Contains("The route 'wrong' exchanges tokens for nothing", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/later"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync("/api/wrong"));
    }

    private static void Reload(BffReplica replica, string name, params (string Name, string Value)[] metadata)
    {
        var configuration = (IConfigurationRoot)replica.Services.GetRequiredService<IConfiguration>();
        var settings = new Dictionary<string, string>();
        SourcesPortal.AddRoute(settings, name, metadata);
        foreach (var (setting, value) in settings)
        {
            configuration[setting] = value;
        }

        configuration.Reload();
    }
}

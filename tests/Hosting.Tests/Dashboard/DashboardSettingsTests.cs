using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class DashboardSettingsTests
{
    [Fact]
    public void Keeps_the_addresses_that_are_configured_and_prefers_plain_http()
    {
        var configuration = Configuration(("ASPNETCORE_URLS", "https://localhost:29998;http://localhost:29999"));
        var settings = DashboardSettings.Prepare(configuration, randomPorts: false);
        Assert.Equal("http://localhost:29999", settings.FrontEnd.OriginalString);
    }

    [Fact]
    public void Chooses_free_addresses_and_says_them_in_the_configuration()
    {
        var configuration = Configuration(("ASPNETCORE_URLS", "http://localhost:29999"));
        var settings = DashboardSettings.Prepare(configuration, randomPorts: true);
        Assert.Equal(settings.FrontEnd.OriginalString, configuration["ASPNETCORE_URLS"]);
        Assert.Equal(3, new[] { settings.FrontEnd.Port, settings.OtlpGrpc.Port, settings.OtlpHttp.Port, 29999 }.Distinct().Except([29999]).Count());
    }

    [Fact]
    public void Makes_keys_of_their_own_under_the_names_that_Aspire_has_for_them()
    {
        var configuration = Configuration();
        var settings = DashboardSettings.Prepare(configuration, randomPorts: true);
        string[] keys = [settings.BrowserToken, settings.OtlpKey, settings.ApiKey, settings.FeedKey];
        string[] names = ["AppHost:BrowserToken", "AppHost:OtlpApiKey", "AppHost:DashboardApiKey", "AppHost:ResourceService:ApiKey"];
        Assert.Equal(names.Select(name => configuration[name]), keys);
        Assert.Equal(4, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(key.Length >= 32));
    }

    [Theory]
    [InlineData("http://0.0.0.0:29999")]
    [InlineData("http://*:29999")]
    [InlineData("http://example.com:29999")]
    [InlineData("http://localhost:0")]
    public void Refuses_an_address_that_is_not_this_machine_alone(string url)
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => DashboardSettings.Prepare(Configuration(("ASPNETCORE_URLS", url)), randomPorts: false));
        Assert.Contains(url, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_address_that_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}";
        var refused = Assert.Throws<DistributedApplicationException>(() => DashboardSettings.Prepare(Configuration(("ASPNETCORE_URLS", url)), randomPorts: false));
        Assert.Contains("another process does", refused.Message, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build();
}

using System.Net;
using Platform.IdP.Outbound;

namespace Platform.IdP.Tests.Outbound;

/// <summary>Where calls may go.</summary>
public sealed class OutboundGuardTests : OutboundTest
{
    [Theory]
    [InlineData("localhost:1")]
    [InlineData("other.test")]
    [InlineData("10.0.0.0/8")]
    public async Task Threat19_Refuses_loopback_that_is_not_exempted(string exempted)
    {
        using var client = NewClient([exempted]);

        await RefusesAsync(client, Host.Origin, "has no public address");

        Assert.Equal(0, Host.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    [InlineData("LOCALHOST")]
    public async Task Threat19_An_exemption_is_aHost_or_a_network(string exempted)
    {
        using var client = NewClient([exempted]);

        Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, Host.Origin));
    }

    [Fact]
    public async Task Threat19_An_exemption_may_name_the_port()
    {
        using var client = NewClient([new Uri(Host.Origin).Authority]);

        Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, Host.Origin));
    }

    [Fact]
    public async Task Threat19_Loopback_is_exempted_in_development()
    {
        using var client = NewClient([], isDevelopment: true);

        Assert.IsType<OutboundAnswer.Ok>(await GetAsync(client, Host.Origin));
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public async Task Threat19_Refuses_literal_addresses(string address)
    {
        using var client = NewClient([], resolve: Dns.GetHostAddressesAsync);

        await RefusesAsync(client, address, "has no public address");
    }

    // The name had a public address when somebody looked; what counts is the address that is connected to.
    [Fact]
    public async Task Threat19_Refuses_a_name_that_was_rebound()
    {
        var asked = 0;
        using var client = NewClient([], resolve: (_, _) =>
            Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("10.0.0.1") : IPAddress.Loopback]));
        await RefusesAsync(client, "https://rebound.test/", "has no public address");

        await RefusesAsync(client, Host.Origin.Replace("localhost", "rebound.test", StringComparison.Ordinal), "has no public address");

        Assert.Equal(2, asked);
        Assert.Equal(0, Host.Requests);
    }

    [Theory]
    [InlineData("http://localhost/", "not https")]
    [InlineData("ftp://localhost/", "not https")]
    [InlineData("file:///etc/passwd", "not https")]
    [InlineData("https://user:secret@localhost/", "user name")]
    public async Task Threat19_Refuses_other_schemes_and_user_names(string address, string reason)
    {
        using var client = NewClient(["localhost"]);

        await RefusesAsync(client, address, reason);
    }

    [Fact]
    public async Task Threat19_Refuses_http_to_otherHosts_even_in_development()
    {
        using var client = NewClient([], isDevelopment: true, resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]));

        await RefusesAsync(client, "http://public.test/", "http is only for exempted hosts");
    }

    [Fact]
    public async Task Threat19_Refuses_a_certificate_that_nobody_trusts()
    {
        using var client = NewClient(["localhost"], caFile: null);

        await RefusesAsync(client, Host.Origin, "SSL");
    }

    [Fact]
    public async Task Threat19_Refuses_a_certificate_for_another_name()
    {
        using var client = NewClient(["other.test"], resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        await RefusesAsync(client, Host.Origin.Replace("localhost", "other.test", StringComparison.Ordinal), "SSL");
    }
}

using Platform.IdP.Outbound;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Outbound;

public sealed class OutboundOptionsTests
{
    [Theory]
    [InlineData("client.internal", true)]
    [InlineData("client.internal:8443", true)]
    [InlineData("10.1.0.0/16", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.1.2.3:443", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("fd00::1", true)]
    [InlineData("[fd00::1]:443", true)]
    [InlineData("10.1.0.0/40", false)]
    [InlineData("https://client.internal", false)]
    [InlineData("client.internal/path", false)]
    [InlineData("user@client.internal", false)]
    [InlineData("client.internal:port", false)]
    [InlineData("*.internal", false)]
    [InlineData("", false)]
    public void An_exemption_is_a_host_a_host_and_port_or_a_network(string entry, bool accepted)
    {
        var options = new OutboundOptions { AllowedHosts = { entry } };

        Assert.Equal(accepted, new OutboundOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("Idp:Outbound:AllowedHosts:0", "not a host")]
    [InlineData("Idp:Outbound:CaFile", "missing.pem")]
    [InlineData("Idp:Outbound:Timeout", "00:05:00")]
    [InlineData("Idp:Outbound:MaxBytes", "1")]
    public async Task A_setting_that_is_wrong_stops_the_start(string setting, string value)
    {
        await using var server = new IdpServer();
        server.Settings[setting] = value;

        Assert.Equal(1, await server.Start().Ended);
    }
}

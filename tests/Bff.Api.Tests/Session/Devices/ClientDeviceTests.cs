using System.Net;
using Platform.Bff.Session.Devices;

namespace Platform.Bff.Tests.Session.Devices;

public sealed class ClientDeviceTests
{
    [Theory]
    [InlineData("192.0.2.117", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.117", "192.0.2.0/24")]
    [InlineData("2001:db8:85a3:1234::8a2e:370:7334", "2001:db8:85a3::/48")]
    [InlineData("::1", "::/48")]
    public void Keeps_of_an_address_its_network_alone(string address, string network) =>
        Assert.Equal(network, ClientDevice.Network(IPAddress.Parse(address)));

    [Fact]
    public void Does_without_an_address() => Assert.Null(ClientDevice.Network(null));
}

using System.Net;
using Platform.IdP.Interaction;

namespace Platform.IdP.Tests.Interaction;

public sealed class DeviceSummaryTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari on Mac")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Safari/604.1", "Chrome on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8.0", "Unknown browser")]
    [InlineData("", "Unknown browser")]
    public void Names_the_browser_as_a_person_would(string userAgent, string name) =>
        Assert.Equal(name, DeviceSummary.Browser(userAgent));

    [Theory]
    [InlineData("192.0.2.17", "192.0.2.x")]
    [InlineData("::ffff:192.0.2.17", "192.0.2.x")]
    [InlineData("2001:db8:1:2::3", "2001:db8:1::/48")]
    [InlineData("127.0.0.1", "this computer")]
    public void Keeps_the_network_and_not_the_address(string address, string network) =>
        Assert.Equal(network, DeviceSummary.Network(IPAddress.Parse(address)));
}

using Microsoft.Extensions.Configuration;
using Platform.IdP.SenderConstraint;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class MtlsOptionsTests
{
    [Theory]
    [InlineData("http://*:7443", "Idp:Mtls:Url")]
    [InlineData("https://*:0", "Idp:Mtls:Url")]
    [InlineData("https://*:7443/path", "Idp:Mtls:Url")]
    [InlineData("7443", "Idp:Mtls:Url")]
    public void A_listener_that_cannot_be_is_refused(string url, string setting) =>
        Refuses(new() { Enabled = true, Url = url }, setting);

    [Fact]
    public void A_listener_does_not_replace_those_that_are_there()
    {
        var validator = new MtlsOptionsValidator(new ConfigurationManager());

        Assert.Contains("ASPNETCORE_URLS", validator.Validate(null, new() { Enabled = true, Url = "https://*:7443" }).FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://mtls.test")]
    [InlineData("https://mtls.test/")]
    [InlineData("https://mtls.test/path")]
    [InlineData("mtls.test")]
    public void An_origin_that_is_none_is_refused(string origin) => Refuses(new() { Origin = origin }, "Idp:Mtls:Origin");

    [Fact]
    public void An_authority_that_is_not_there_is_refused() => Refuses(new() { CaFile = "/no/such/file.pem" }, "Idp:Mtls:CaFile");

    [Fact]
    public void A_header_without_proxies_is_refused_and_proxies_without_a_header_too()
    {
        Refuses(new() { ForwardedHeader = "Client-Cert" }, "Idp:Mtls:TrustedProxies");
        Refuses(new() { TrustedProxies = ["10.0.0.0/8"] }, "Idp:Mtls:ForwardedHeader");
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("everyone")]
    public void A_network_that_is_none_is_refused(string network) =>
        Refuses(new() { ForwardedHeader = "Client-Cert", TrustedProxies = [network] }, "Idp:Mtls:TrustedProxies");

    [Fact]
    public async Task A_wrong_setting_stops_the_start()
    {
        await using var server = new IdpServer();
        server.Settings["Idp:Mtls:Enabled"] = "true";
        server.Settings["Idp:Mtls:Url"] = "http://127.0.0.1:7443";

        Assert.Equal(1, await server.Start().Ended);
    }

    [Fact]
    public void Aliases_stand_at_the_origin_or_at_the_issuers_host()
    {
        Assert.Null(new MtlsOptions { Enabled = true }.AliasOrigin("https://idp.test"));
        Assert.Null(new MtlsOptions { Origin = "https://mtls.test" }.AliasOrigin("https://idp.test"));
        Assert.Equal("https://idp.test:7443", new MtlsOptions { Enabled = true, Url = "https://*:7443" }.AliasOrigin("https://idp.test"));
        Assert.Equal("https://mtls.test", new MtlsOptions { Enabled = true, Url = "https://*:7443", Origin = "https://mtls.test" }.AliasOrigin("https://idp.test"));
    }

    private static void Refuses(MtlsOptions options, string setting)
    {
        var configuration = new ConfigurationManager { ["urls"] = "https://localhost:7100" };

        Assert.Contains(setting, new MtlsOptionsValidator(configuration).Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }
}

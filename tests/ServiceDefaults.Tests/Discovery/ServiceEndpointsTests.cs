using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.ServiceDiscovery;

namespace Platform.ServiceDefaults.Tests.Discovery;

public sealed class ServiceEndpointsTests
{
    [Theory]
    [InlineData("http://contacts-api/contacts?page=2", "http://localhost:5400/contacts?page=2")]
    [InlineData("https://idp/jwks", "https://localhost:7100/jwks")]
    [InlineData("https+http://idp/jwks", "https://localhost:7100/jwks")]
    [InlineData("https+http://contacts-api/", "http://localhost:5400/")]
    [InlineData("http+https://idp/", "https://localhost:7100/")]
    public void Resolves_a_logical_name_by_scheme_in_order(string address, string expected) =>
        Assert.Equal(new Uri(expected), Endpoints().Resolve(new Uri(address)));

    [Theory]
    [InlineData("https://localhost:7100/token", "https://localhost:7100/token")]
    [InlineData("http://example.com/a", "http://example.com/a")]
    [InlineData("https+http://unknown/a", "https://unknown/a")]
    public void Leaves_an_address_alone_that_no_configuration_names(string address, string expected) =>
        Assert.Equal(new Uri(expected), Endpoints().Resolve(new Uri(address)));

    private static ServiceEndpoints Endpoints() => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:idp:https:0"] = "https://localhost:7100",
            ["services:contacts-api:http:0"] = "http://localhost:5400",
        })
        .Build());
}

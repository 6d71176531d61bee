using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;

namespace Platform.Bff.Tests.Configuration;

public sealed class PublicOriginsTests
{
    [Theory]
    [InlineData("https://portal.example", "portal.example", "https://portal.example")]
    [InlineData("https://portal.example", "other.example", null)]
    [InlineData("http://localhost:5000", "localhost:5000", "http://localhost:5000")]
    public void With_several_hosts_the_one_that_was_asked_counts_if_it_is_known(string portal, string host, string? origin)
    {
        var origins = new PublicOrigins(Options.Create(new BffOptions { PublicUrl = portal, DynamicCallback = true }));
        var http = new DefaultHttpContext();
        http.Request.Host = new(host);

        Assert.Equal(origin, origins.Of(http.Request));
    }
}

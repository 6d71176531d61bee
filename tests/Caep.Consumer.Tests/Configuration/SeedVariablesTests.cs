using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.Caep.Configuration;

namespace Platform.Caep.Tests.Configuration;

public sealed class SeedVariablesTests
{
    [Theory]
    [InlineData("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "ConnectionStrings:kafka", "kafka:9092")]
    [InlineData("REDIS_URL", "redis://shared_redis:6379/5", "ConnectionStrings:cache", "shared_redis:6379,defaultDatabase=5")]
    [InlineData("REDIS_URL", "redis://redis", "ConnectionStrings:cache", "redis:6379")]
    [InlineData("REDIS_URL", "rediss://:p%40ss@redis:6380", "ConnectionStrings:cache", "redis:6380,password=p@ss,ssl=true")]
    [InlineData("REDIS_URL", "redis://ada:secret@redis", "ConnectionStrings:cache", "redis:6379,user=ada,password=secret")]
    [InlineData("OIDC_ISSUER", "https://idp.example.com", "Oidc:Issuer", "https://idp.example.com")]
    [InlineData("STS_ISSUER_URL", "https://sts.example.com", "Oidc:Issuer", "https://sts.example.com")]
    public void Names_of_earlier_deployments_are_honoured(string variable, string value, string setting, string expected)
    {
        Assert.Equal(expected, Configure(new() { [variable] = value })[setting]);
    }

    [Fact]
    public void What_is_set_under_its_own_name_wins()
    {
        var configuration = Configure(new()
        {
            ["KAFKA_BOOTSTRAP_SERVERS"] = "earlier:9092",
            ["ConnectionStrings:kafka"] = "now:9092",
        });

        Assert.Equal("now:9092", configuration["ConnectionStrings:kafka"]);
    }

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://redis")]
    [InlineData("://:secret@")]
    public void Refuses_an_address_that_is_none_of_Redis_without_repeating_it(string url)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Configure(new() { ["REDIS_URL"] = url }));

        Assert.Contains("REDIS_URL", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(url, refusal.Message, StringComparison.Ordinal);
    }

    private static ConfigurationManager Configure(Dictionary<string, string?> values)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(values);
        builder.AddSeedVariables();
        return builder.Configuration;
    }
}

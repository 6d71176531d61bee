using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.Caep.Configuration;

namespace Platform.Caep.Tests.Configuration;

public sealed class SeedVariablesTests
{
    [Theory]
    [InlineData("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "ConnectionStrings:kafka", "kafka:9092")]
    [InlineData("REDIS_URL", "redis://shared_redis:6379/5", "ConnectionStrings:cache", "shared_redis:6379,defaultDatabase=5")]
    [InlineData("OIDC_ISSUER", "https://idp.example.com", "Oidc:Issuer", "https://idp.example.com")]
    [InlineData("STS_ISSUER_URL", "https://sts.example.com", "Oidc:Issuer", "https://sts.example.com")]
    public void Names_of_earlier_deployments_are_honoured(string variable, string value, string setting, string expected)
    {
        Assert.Equal(expected, Configure(new() { [variable] = value })[setting]);
    }

    private static ConfigurationManager Configure(Dictionary<string, string?> values)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(values);
        SeedVariables.Apply(builder.Configuration);
        return builder.Configuration;
    }
}

using Microsoft.Extensions.Configuration;
using Platform.ServiceDefaults.Configuration;

namespace Platform.ServiceDefaults.Tests.Configuration;

public sealed class EarlierVariablesTests
{
    private static readonly (string Variable, string Setting)[] Names =
        [("REDIS_URL", "ConnectionStrings:cache"), ("OLD_ISSUER", "Oidc:Issuer"), ("OLDER_ISSUER", "Oidc:Issuer")];

    [Theory]
    [InlineData("redis://shared_redis:6379/5", "shared_redis:6379,defaultDatabase=5")]
    [InlineData("redis://redis", "redis:6379")]
    [InlineData("rediss://:p%40ss@redis:6380", "redis:6380,password=p@ss,ssl=true")]
    [InlineData("redis://ada:secret@redis", "redis:6379,user=ada,password=secret")]
    public void An_address_of_Redis_becomes_a_connection_string(string url, string expected) =>
        Assert.Equal(expected, Configure(("REDIS_URL", url))["ConnectionStrings:cache"]);

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://redis")]
    [InlineData("://:secret@")]
    public void Refuses_an_address_that_is_none_of_Redis_without_repeating_it(string url)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Configure(("REDIS_URL", url)));

        Assert.Contains("REDIS_URL", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(url, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_under_its_own_name_wins() =>
        Assert.Equal("now", Configure(("OLD_ISSUER", "earlier"), ("Oidc:Issuer", "now"))["Oidc:Issuer"]);

    [Fact]
    public void The_first_of_several_variables_wins() =>
        Assert.Equal("old", Configure(("OLDER_ISSUER", "older"), ("OLD_ISSUER", "old"))["Oidc:Issuer"]);

    private static ConfigurationManager Configure(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)));
        EarlierVariables.Apply(configuration, Names);
        return configuration;
    }
}

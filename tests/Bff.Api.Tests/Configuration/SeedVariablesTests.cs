using Microsoft.Extensions.Configuration;
using Platform.Bff.Configuration;

namespace Platform.Bff.Tests.Configuration;

public sealed class SeedVariablesTests
{
    [Theory]
    [InlineData("OIDC_ISSUER", "https://idp.example", "Oidc:Issuer", "https://idp.example")]
    [InlineData("AUTH_CLIENT_ID", "portal", "Oidc:ClientId", "portal")]
    [InlineData("AUTH_CLIENT_SECRET", "secret", "Oidc:ClientSecret", "secret")]
    [InlineData("OIDC_SCOPES", "openid", "Oidc:Scopes", "openid")]
    [InlineData("REDIS_URL", "redis://cache:6380", "ConnectionStrings:cache", "cache:6380")]
    [InlineData("REDIS_URL", "redis://cache", "ConnectionStrings:cache", "cache:6379")]
    [InlineData("REDIS_URL", "rediss://:p%40ss@cache:6380/2", "ConnectionStrings:cache", "cache:6380,password=p@ss,defaultDatabase=2,ssl=true")]
    [InlineData("REDIS_URL", "cache:6379,ssl=true", "ConnectionStrings:cache", "cache:6379,ssl=true")]
    public void S0_8_a_variable_of_an_existing_deployment_has_its_effect(string variable, string value, string setting, string expected)
    {
        using var configuration = new ConfigurationManager();
        configuration[variable] = value;

        SeedVariables.Apply(configuration);

        Assert.Equal(expected, configuration[setting]);
    }

    [Fact]
    public void A_setting_under_its_own_name_wins()
    {
        using var configuration = new ConfigurationManager();
        configuration["OIDC_ISSUER"] = "https://old.example";
        configuration["Oidc:Issuer"] = "https://new.example";

        SeedVariables.Apply(configuration);

        Assert.Equal("https://new.example", configuration["Oidc:Issuer"]);
    }
}

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
    public void S0_8_a_variable_of_an_existing_deployment_has_its_effect(string variable, string value, string setting, string expected)
    {
        using var configuration = new ConfigurationManager();
        configuration[variable] = value;

        SeedVariables.Apply(configuration);

        Assert.Equal(expected, configuration[setting]);
    }
}

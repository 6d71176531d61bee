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
    [InlineData("BFF_JWT_SIGNING_KEY", "/keys/one.pem", "Bff:Keys:SigningKey", "/keys/one.pem")]
    [InlineData("DCR_SIGNING_KEY", "/keys/one.pem", "Bff:Keys:SigningKey", "/keys/one.pem")]
    [InlineData("BFF_DYNAMIC_CALLBACK", "true", "Bff:DynamicCallback", "true")]
    [InlineData("DCR_IAT", "token", "Registration:InitialAccessToken", "token")]
    [InlineData("DCR_CLIENT_ID", "portal", "Registration:ClientId", "portal")]
    [InlineData("DCR_CLIENT_PROFILE", "code-flow-pkjwt", "Registration:Profile", "code-flow-pkjwt")]
    [InlineData("DCR_REDIRECT_URIS", "https://a.example/auth/callback", "Registration:RedirectUris", "https://a.example/auth/callback")]
    [InlineData("DCR_FORCE_REPLACE", "true", "Registration:ForceReplace", "true")]
    [InlineData("REDIS_URL", "redis://cache:6380", "ConnectionStrings:cache", "cache:6380")]
    public void S0_8_a_variable_of_an_existing_deployment_has_its_effect(string variable, string value, string setting, string expected)
    {
        using var configuration = new ConfigurationManager();
        configuration[variable] = value;

        SeedVariables.Apply(configuration);

        Assert.Equal(expected, configuration[setting]);
    }
}

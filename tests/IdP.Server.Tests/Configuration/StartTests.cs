using Platform.IdP.Configuration;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Configuration;

public sealed class StartTests
{
    [Theory]
    [InlineData("BFF_CLIENT_SECRET", "")]
    [InlineData("Idp:Issuer", "http://idp.test")]
    [InlineData("Idp:Issuer", "https://idp.test/")]
    [InlineData("DataProtection:Secret", "")]
    [InlineData("Keys:Secret", "too short")]
    [InlineData("Signals:SessionEstablished", "7")]
    [InlineData("Signals:SessionPresented", "7")]
    [InlineData("Signals:AssuranceNamespace", " ")]
    public async Task A_setting_that_is_missing_or_wrong_stops_the_start(string setting, string value)
    {
        await using var server = new IdpServer();
        server.Settings[setting] = value;

        Assert.Equal(1, await server.Start().Ended);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://idp.test/path")]
    [InlineData("https://idp.test?x")]
    [InlineData("https://idp.test#x")]
    [InlineData("https://user@idp.test")]
    [InlineData("HTTPS://IDP.test")]
    [InlineData("idp.test")]
    public void An_issuer_that_is_no_https_origin_is_refused(string issuer) =>
        Assert.Contains("Idp:Issuer", new IdpOptionsValidator().Validate(null, new IdpOptions { Issuer = issuer }).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void T75_Lifetimes_have_limits()
    {
        var options = new IdpOptions { Issuer = IdpServer.Issuer };
        Assert.True(new IdpOptionsValidator().Validate(null, options).Succeeded);
        options.Lifetimes.Code = TimeSpan.FromSeconds(61);
        options.Lifetimes.PushedRequest = TimeSpan.FromSeconds(600);

        var result = new IdpOptionsValidator().Validate(null, options);

        Assert.Equal(2, result.Failures!.Count());
    }

    [Fact]
    public void Names_of_older_deployments_are_understood()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        configuration["REDIS_URL"] = "redis://cache:6379/";
        configuration["KAFKA_BOOTSTRAP_SERVERS"] = "kafka:9092";
        configuration["OIDC_ISSUER"] = "https://old.test";
        configuration["Idp:Issuer"] = "https://new.test";

        SeedVariables.Apply(configuration);

        Assert.Equal("cache:6379", configuration["ConnectionStrings:cache"]);
        Assert.Equal("kafka:9092", configuration["ConnectionStrings:kafka"]);
        Assert.Equal("https://new.test", configuration["Idp:Issuer"]);
    }
}

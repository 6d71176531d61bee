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
    [InlineData("http://localhost:5100")]
    [InlineData("http://idp.test", "Development")]
    [InlineData("http://localhost:5100/", "Development")]
    public void An_issuer_that_is_no_https_origin_is_refused(string issuer, string environment = "Production") => Assert.Contains(
        "Idp:Issuer",
        new IdpOptionsValidator(new Place(environment)).Validate(null, new IdpOptions { Issuer = issuer }).FailureMessage,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:5100")]
    [InlineData("http://127.0.0.1:5100")]
    public void In_development_it_may_be_http_on_this_machine(string issuer) =>
        Assert.True(new IdpOptionsValidator(new Place("Development")).Validate(null, new IdpOptions { Issuer = issuer }).Succeeded);

    [Fact]
    public void T75_Lifetimes_have_limits()
    {
        var options = new IdpOptions { Issuer = IdpServer.Issuer };
        var validator = new IdpOptionsValidator(new Place("Production"));
        Assert.True(validator.Validate(null, options).Succeeded);
        options.Lifetimes.Code = TimeSpan.FromSeconds(61);
        options.Lifetimes.PushedRequest = TimeSpan.FromSeconds(600);

        var result = validator.Validate(null, options);

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

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Contacts.Authorization;

namespace Platform.Contacts.Tests.Authorization;

public sealed class OidcOptionsTests
{
    [Theory]
    [InlineData("Oidc:Issuer", "", "Oidc:Issuer must be the https address of the identity provider (http only on this machine).")]
    [InlineData("Oidc:Issuer", "http://idp.example", "Oidc:Issuer must be the https address of the identity provider (http only on this machine).")]
    [InlineData("Oidc:ApiUrl", "contacts", "Oidc:ApiUrl must be the address of this API as its callers know it, for example https://contacts.example.")]
    [InlineData("Oidc:Audience", " ", "Oidc:Audience must be the audience of this API's access tokens; leave it out for the default.")]
    [InlineData("Oidc:ClockSkew", "00:06:00", "Oidc:ClockSkew must be between zero and five minutes.")]
    public async Task Stops_the_start_with_a_sentence(string setting, string value, string sentence)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Oidc:Issuer"] = "https://idp.example";
        builder.Configuration["Oidc:ApiUrl"] = "https://contacts.example";
        builder.Configuration[setting] = value;
        builder.AddAccessTokens();
        await using var app = builder.Build();

        var problem =
            await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(sentence, problem.Message);
    }
}

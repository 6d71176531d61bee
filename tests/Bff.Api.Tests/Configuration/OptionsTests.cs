using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Configuration;

public sealed class OptionsTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("Oidc:Issuer", "", "Oidc:Issuer is not set")]
    [InlineData("Oidc:Issuer", "https://localhost:7100/", "Oidc:Issuer must be")]
    [InlineData("Oidc:Issuer", "localhost:7100", "Oidc:Issuer must be")]
    [InlineData("Oidc:ClientId", "", "Oidc:ClientId is empty")]
    [InlineData("Oidc:ClientSecret", "", "Oidc:ClientSecret is not set")]
    [InlineData("Oidc:TokenAuthMethod", "none", "Oidc:TokenAuthMethod is 'none' (MS_BFF_TOKEN_AUTH_METHOD)")]
    [InlineData("Bff:Keys:RotateEvery", "00:30:00", "Bff:Keys:RotateEvery must be longer")]
    [InlineData("Bff:Keys:KeepFor", "00:30:00", "Bff:Keys:KeepFor must be")]
    [InlineData("Bff:Keys:RefreshEvery", "00:00:00", "Bff:Keys:RefreshEvery must lie")]
    [InlineData("Oidc:Scopes", "profile", "Oidc:Scopes must contain openid")]
    [InlineData("Bff:PublicUrl", "", "Bff:PublicUrl is not set")]
    [InlineData("Bff:PublicUrl", "http://localhost:7000", "Bff:PublicUrl must be")]
    [InlineData("Bff:PublicUrl", "http://portal.example", "Bff:PublicUrl must be", "Development")]
    [InlineData("Bff:PublicUrl", "https://localhost:7000/portal", "Bff:PublicUrl must be")]
    [InlineData("Bff:Origins:0", "http://portal.example", "Bff:Origins must be")]
    [InlineData("Bff:ReturnUrls:0", "http://app.example", "Bff:ReturnUrls must be")]
    [InlineData("Bff:ReturnUrls:0", "https://user@app.example", "Bff:ReturnUrls must be")]
    [InlineData("Bff:ReturnUrls:0", "/start", "Bff:ReturnUrls must be")]
    [InlineData("Oidc:StepUpAcrValues:0", "two words", "Oidc:StepUpAcrValues must be")]
    [InlineData("Providers:acme:ClientId", "portal", "Providers:acme:Issuer is not set")]
    [InlineData("Providers:Acme Inc:Issuer", "https://acme.example", "a provider's name consists of")]
    [InlineData("Registration:RedirectUris", "https://portal.test/auth/callback/", "has 'https://portal.test/auth/callback/'")]
    [InlineData("Registration:RedirectUris", "https://portal.test/callback", "Registration:RedirectUris (DCR_REDIRECT_URIS) has")]
    [InlineData("Registration:RedirectUris", "http://portal.test/auth/callback", "Registration:RedirectUris (DCR_REDIRECT_URIS) has")]
    [InlineData("Registration:InitialAccessToken", "token", "Registration:InitialAccessToken (DCR_IAT) goes with private_key_jwt")]
    [InlineData("Registration:InitialAccessToken", "a\nb", "Registration:InitialAccessToken (DCR_IAT) has characters")]
    [InlineData("Registration:ClientId", "another", "Registration:ClientId (DCR_CLIENT_ID) is 'another'")]
    [InlineData("Bff:SignInLifetime", "00:00:01", "Bff:SignInLifetime must lie")]
    [InlineData("DataProtection:Secret", "", "DataProtection:Secret is not set")]
    [InlineData("DataProtection:Secret", "too short", "DataProtection:Secret is too short")]
    [InlineData("Sessions:LongestLifetime", "00:00:00", "Sessions:LongestLifetime must lie")]
    [InlineData("Bff:Sessions:Mode", "jwt", "Bff:Sessions:Mode must be stateful, stateless or hybrid.")]
    [InlineData("Bff:Sessions:SealedFor", "00:00:01", "Bff:Sessions:SealedFor must lie")]
    [InlineData("Bff:Sessions:RenewableFor", "00:00:01", "Bff:Sessions:RenewableFor must lie")]
    [InlineData("Bff:Events:SilentAfter", "00:00:01", "Bff:Events:SilentAfter must lie between 00:00:05 and 1.00:00:00.")]
    [InlineData("Bff:Events:ConfirmEvery", "2.00:00:00", "Bff:Events:ConfirmEvery must lie between 00:00:05 and 1.00:00:00.")]
    [InlineData("Bff:ApiKeys:billing:Value", "", "Bff:ApiKeys:billing:Value is not set")]
    [InlineData("Bff:ApiKeys:billing:Value", "schlüssel", "Bff:ApiKeys:billing:Value has characters that no header may carry")]
    [InlineData("Bff:Limits:RequestBody", "0", "Bff:Limits:RequestBody must be at least 1")]
    [InlineData("Bff:Limits:Silence", "00:00:00", "Bff:Limits:Silence must lie")]
    [InlineData("Bff:Limits:StreamSilence", "2.00:00:00", "Bff:Limits:StreamSilence must lie")]
    [InlineData("Bff:Limits:SignInsPerAddress", "0", "Bff:Limits:SignInsPerAddress must be at least 1")]
    [InlineData("Bff:Limits:CallsPerSession", "0", "Bff:Limits:CallsPerSession must be at least 1")]
    [InlineData("Bff:Limits:Window", "00:00:00.5", "Bff:Limits:Window must lie")]
    [InlineData("Bff:TrustedProxies:0", "10.0.0.0/64", "Bff:TrustedProxies has '10.0.0.0/64': write a network")]
    [InlineData("Bff:Diagnostics:Claim", "roles", "Bff:Diagnostics:Claim and Bff:Diagnostics:Value must both be set")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(
        string setting, string value, string sentence, string environment = "Production")
    {
        var settings = new Dictionary<string, string>(portal.Fresh().Settings()) { [setting] = value };

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, portal.Clock, portal.Logs, environment));

        Assert.Contains(sentence, failure.Message);
    }

    [Fact]
    public async Task R5_a_code_that_nothing_protects_stops_the_start()
    {
        var settings = new Dictionary<string, string>(portal.Fresh().Settings())
        {
            ["Oidc:Pkce"] = "false",
            ["Oidc:SignedResponse"] = "false",
            ["Oidc:ResponseIssuer"] = "false",
        };

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, portal.Clock, portal.Logs));

        Assert.Contains("Pkce, SignedResponse and ResponseIssuer cannot all be false", failure.Message);
    }
}

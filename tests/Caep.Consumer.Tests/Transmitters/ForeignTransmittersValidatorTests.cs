using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Platform.Caep.Transmitters;

namespace Platform.Caep.Tests.Transmitters;

public sealed class ForeignTransmittersValidatorTests
{
    [Fact]
    public void Takes_a_transmitter_with_everything() => Assert.True(Validate().Succeeded);

    [Theory]
    [InlineData("Issuer", "http://ssf.example", "Transmitters:acme:Issuer must be an https address, or http on this machine: give the iss of its events.")]
    [InlineData("Issuer", "https://idp.example", "acme and Oidc have the same Issuer: each transmitter needs its own.")]
    [InlineData("Audience", "", "Transmitters:acme:Audience is empty: give the aud that its events have for this service.")]
    [InlineData("Algorithms:0", "HS256", "Transmitters:acme:Algorithms has 'HS256': use RS256, PS256 or ES256.")]
    [InlineData("JwksUri", "ftp://x", "Transmitters:acme:JwksUri must be an https address, or http on this machine: correct it, or leave it out.")]
    [InlineData("Subjects:1", "phone", "Transmitters:acme:Subjects has 'phone': use iss_sub or email.")]
    [InlineData("SpeaksFor:0", null, "Transmitters:acme:Subjects says how it names users of others, but SpeaksFor names none: add Transmitters:acme:SpeaksFor:0.")]
    [InlineData("Events:0", "session-lost", "Transmitters:acme:Events has 'session-lost': give the URI of an event type, or its last segment, such as session-revoked.")]
    [InlineData("PushToken", "short", "Transmitters:acme:PushToken has fewer than 32 characters: make a longer one, for example with openssl rand -hex 32.")]
    [InlineData("Poll:Token", "", "Transmitters:acme:Poll has no way to authenticate: set Transmitters:acme:Poll:Token, or TokenEndpoint, ClientId and ClientSecret.")]
    [InlineData("Poll:Endpoint", "http://x", "Transmitters:acme:Poll:Endpoint must be an https address, or http on this machine: correct it, or leave it out.")]
    [InlineData("Poll:TokenEndpoint", "x", "Transmitters:acme:Poll:TokenEndpoint must be an https address, or http on this machine: correct it.")]
    [InlineData("Poll:Format", "opaque", "Transmitters:acme:Poll:Format is 'opaque': use iss_sub, email or complex, or leave it out.")]
    [InlineData("Poll:MaxEvents", "0", "Transmitters:acme:Poll:MaxEvents must lie between 1 and 1000.")]
    [InlineData("Poll:LongestPoll", "00:00:00", "Transmitters:acme:Poll:LongestPoll must lie between 00:00:01 and 00:10:00.")]
    public void Names_the_setting_and_the_fix(string setting, string? value, string fault) =>
        Assert.Equal(fault, Validate((setting, value)).FailureMessage);

    [Fact]
    public void Two_that_push_with_one_token_could_pass_for_each_other() => Assert.Equal(
        "acme and other have the same PushToken: each transmitter needs its own.",
        Validate(("../other:Issuer", "https://other.example"), ("../other:Audience", "x"), ("../other:PushToken", Token)).FailureMessage);

    [Fact]
    public void Two_of_one_issuer_could_not_be_told_apart() => Assert.Equal(
        "acme and other have the same Issuer: each transmitter needs its own.",
        Validate(("../other:Issuer", "https://ssf.acme.example"), ("../other:Audience", "x")).FailureMessage);

    [Fact]
    public void The_issuer_is_polled_by_the_same_rules() => Assert.Equal(
        "Oidc:Poll has no way to authenticate: set Oidc:Poll:Token, or TokenEndpoint, ClientId and ClientSecret.",
        new PolledIssuerValidator().Validate(null, new TransmitterOptions { Poll = new() }).FailureMessage);

    private const string Token = "0123456789abcdef0123456789abcdef";

    private static ValidateOptionsResult Validate(params (string Setting, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Transmitters:acme:Issuer"] = "https://ssf.acme.example",
            ["Transmitters:acme:Audience"] = "https://portal.example",
            ["Transmitters:acme:Algorithms:0"] = "ES256",
            ["Transmitters:acme:SpeaksFor:0"] = "https://idp.example",
            ["Transmitters:acme:Subjects:0"] = "email",
            ["Transmitters:acme:Events:0"] = "session-revoked",
            ["Transmitters:acme:PushToken"] = Token,
            ["Transmitters:acme:Poll:Token"] = "x",
        };
        foreach (var (setting, value) in changes)
        {
            var name = setting.StartsWith("../", StringComparison.Ordinal) ? $"Transmitters:{setting[3..]}" : $"Transmitters:acme:{setting}";
            if (value is null)
            {
                settings.Remove(name);
            }
            else
            {
                settings[name] = value;
            }
        }

        var options = new ForeignTransmitters();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Transmitters").Bind(options);
        return new ForeignTransmittersValidator(Options.Create(new TransmitterOptions { Issuer = "https://idp.example" })).Validate(null, options);
    }
}

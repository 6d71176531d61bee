using Platform.ServiceDefaults.Telemetry;

namespace Platform.ServiceDefaults.Tests.Telemetry;

public sealed class ProtocolRedactionTests
{
    [Theory]
    [InlineData("response_type", "code")]
    [InlineData("client_id", "bff-server")]
    [InlineData("grant_type", "authorization_code")]
    [InlineData("scope", "openid contacts.read")]
    [InlineData("prompt", "none")]
    [InlineData("error", "invalid_grant")]
    [InlineData("code_challenge_method", "S256")]
    [InlineData("expires_in", "300")]
    public void What_is_listed_is_shown(string name, string value) => Assert.Equal((name, value), ProtocolRedaction.Apply(name, value));

    [Theory]
    [InlineData("code")]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("code_verifier")]
    [InlineData("code_challenge")]
    [InlineData("client_secret")]
    [InlineData("client_assertion")]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("id_token_hint")]
    [InlineData("logout_token")]
    [InlineData("request_uri")]
    [InlineData("response")]
    [InlineData("username")]
    [InlineData("password")]
    [InlineData("login_hint")]
    [InlineData("device_code")]
    [InlineData("user_code")]
    [InlineData("subject_token")]
    public void T27_What_is_a_secret_keeps_its_name_and_nothing_of_its_value(string name)
    {
        Assert.Equal((name, "[redacted]"), ProtocolRedaction.Apply(name, "the-secret"));
        Assert.Equal(ProtocolRedaction.Apply(name, "the-secret"), ProtocolRedaction.Apply(name, new string('x', 4000)));
        Assert.Equal(ProtocolRedaction.Apply(name, "the-secret"), ProtocolRedaction.Apply(name, null));
    }

    [Theory]
    [InlineData("the-secret-as-a-name")]
    [InlineData("CODE")]
    [InlineData("")]
    [InlineData("client_id ")]
    public void T27_A_name_that_no_protocol_has_is_not_shown_either(string name) =>
        Assert.Equal(("other", "[redacted]"), ProtocolRedaction.Apply(name, "the-secret"));

    [Theory]
    [InlineData("redirect_uri", "https://localhost:7000/auth/callback", "https://localhost:7000/auth/callback")]
    [InlineData("redirect_uri", "https://localhost:7000/auth/callback?code=x#access_token=y", "https://localhost:7000/auth/callback")]
    [InlineData("resource", "https://user:password@api.example/", "[redacted]")]
    [InlineData("redirect_uri", "not an address", "[redacted]")]
    [InlineData("iss", "https://localhost:7100/", "https://localhost:7100/")]
    public void T27_Of_an_address_neither_query_nor_credentials_are_shown(string name, string value, string shown) =>
        Assert.Equal((name, shown), ProtocolRedaction.Apply(name, value));

    [Theory]
    [InlineData("a\u001b[2Jb")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public void What_is_listed_and_odd_is_not_shown(string? value) => Assert.Equal(("scope", "[redacted]"), ProtocolRedaction.Apply("scope", value));

    [Fact]
    public void What_is_listed_and_too_long_to_be_meant_is_not_shown() =>
        Assert.Equal(("scope", "[redacted]"), ProtocolRedaction.Apply("scope", new string('x', 201)));
}

using Platform.IdP.Clients;

namespace Platform.IdP.Tests.Clients;

public sealed class RedirectUriTests
{
    private static readonly Client Native = new()
    {
        Id = "native",
        Name = "native",
        Profile = ClientProfile.Baseline,
        AuthenticationMethod = ClientAuthenticationMethods.None,
        Grants = [GrantTypes.AuthorizationCode],
        Scopes = [],
        RedirectUris =
        [
            "https://app.test/callback?a=b", "http://127.0.0.1/callback", "http://[::1]:1/callback?a=b",
            "http://localhost/callback", "com.example.app:/callback",
        ],
        PostLogoutRedirectUris = [],
        RequiresPushedRequests = false,
        RequiresPkce = true,
    };

    private static readonly Client Web = Native with { AuthenticationMethod = ClientAuthenticationMethods.Basic };

    [Theory]
    [InlineData("https://app.test/callback?a=b")]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("com.example.app:/callback")]
    [InlineData("http://localhost/callback")]
    public void T2_Finds_what_is_registered(string address)
    {
        Assert.Equal(address, Native.FindRedirectUri(address));
        Assert.Equal(address, Web.FindRedirectUri(address));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/callback")]
    [InlineData("http://127.0.0.1:65535/callback")]
    [InlineData("http://[::1]/callback?a=b")]
    [InlineData("http://[::1]:5000/callback?a=b")]
    public void T2_A_native_client_may_listen_on_any_loopback_port(string address)
    {
        Assert.Equal(address, Native.FindRedirectUri(address));
        Assert.Null(Web.FindRedirectUri(address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://app.test/callback")]
    [InlineData("https://app.test/callback?a=b&c=d")]
    [InlineData("https://app.test/callback/?a=b")]
    [InlineData("https://app.test/Callback?a=b")]
    [InlineData("https://app.test:443/callback?a=b")]
    [InlineData("https://APP.test/callback?a=b")]
    [InlineData("https://user@app.test/callback?a=b")]
    [InlineData("https://app.test/callback?a=b#top")]
    [InlineData("https://app.test/x/../callback?a=b")]
    [InlineData("https://app.test/%63allback?a=b")]
    [InlineData("http://127.0.0.1:5000/other")]
    [InlineData("http://127.0.0.1:5000/callback/")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:/callback")]
    [InlineData("http://127.0.0.1:65536/callback")]
    [InlineData("http://127.0.0.1:0/callback")]
    [InlineData("http://127.0.0.1:+80/callback")]
    [InlineData("http://127.0.0.10/callback")]
    [InlineData("http://[::1]x:1/callback?a=b")]
    [InlineData("http://127.0.0.1:80@evil.test/callback")]
    [InlineData("http://127.0.0.1:80evil.test/callback")]
    [InlineData("http://127.0.0.1.evil.test/callback")]
    [InlineData("http://127.0.0.1evil.test/callback")]
    [InlineData("http://127.0.0.1\\@evil.test/callback")]
    [InlineData("http://127.0.0.2:5000/callback")]
    [InlineData("http://user@127.0.0.1:5000/callback")]
    [InlineData("https://127.0.0.1:5000/callback")]
    [InlineData("http://localhost:5000/callback")]
    [InlineData("http://[::1]:5000/callback")]
    [InlineData("com.example.app:/callback2")]
    public void T2_Threat9_Finds_nothing_else(string? address)
    {
        Assert.Null(Native.FindRedirectUri(address));
        Assert.Null(Web.FindRedirectUri(address));
    }

    // A fixed seed: the same thousands of addresses in every run.
    [Fact]
    public void Threat9_Finds_no_address_that_differs_in_any_character()
    {
        var random = new Random(20260101);
        const string Registered = "https://app.test/callback?a=b";
        const string Alphabet = "abcABC019%/\\?#@:.&=;+-_~ \t\0é";
        for (var round = 0; round < 20_000; round++)
        {
            var address = Registered;
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(address.Length);
                var piece = Alphabet[random.Next(Alphabet.Length)].ToString();
                address = random.Next(3) switch
                {
                    0 => address.Insert(at, piece),
                    1 => address.Remove(at, 1),
                    _ => address.Remove(at, 1).Insert(at, piece),
                };
            }

            Assert.Equal(address == Registered, Native.FindRedirectUri(address) is not null);
        }
    }
}

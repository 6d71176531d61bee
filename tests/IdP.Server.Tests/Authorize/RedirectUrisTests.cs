using Platform.IdP.Authorize;
using Platform.IdP.Clients;

namespace Platform.IdP.Tests.Authorize;

public sealed class RedirectUrisTests
{
    private const string Registered = "https://app.test/callback?a=1";
    private static readonly Client Confidential = Make(ClientAuthenticationMethods.Post, Registered, "http://127.0.0.1/callback");
    private static readonly Client Native = Make(ClientAuthenticationMethods.None,
        Registered, "http://127.0.0.1/callback", "http://[::1]:8080/callback?x", "http://localhost:5000/callback");

    [Fact]
    public void T2_Allows_the_registered_address() => Assert.True(RedirectUris.Allows(Confidential, Registered));

    [Theory]
    [InlineData("http://127.0.0.1:49152/callback")]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("http://[::1]:1/callback?x")]
    [InlineData("http://[::1]/callback?x")]
    [InlineData("http://localhost:5000/callback")]
    public void T2_The_port_of_a_loopback_address_may_vary_for_a_native_app(string address) =>
        Assert.True(RedirectUris.Allows(Native, address));

    [Theory]
    [InlineData("http://127.0.0.1:49152/callback/")]
    [InlineData("http://127.0.0.1:49152/Callback")]
    [InlineData("http://127.0.0.1:49152/callback?x")]
    [InlineData("http://127.0.0.1:0/callback")]
    [InlineData("http://127.0.0.1:65536/callback")]
    [InlineData("http://127.0.0.1:/callback")]
    [InlineData("http://127.0.0.1:+80/callback")]
    [InlineData("http://127.0.0.1:80@evil.test/callback")]
    [InlineData("http://127.0.0.1@evil.test/callback")]
    [InlineData("http://127.0.0.1.evil.test/callback")]
    [InlineData("http://127.0.0.1:80.evil.test/callback")]
    [InlineData("http://127.0.0.10/callback")]
    [InlineData("http://127.0.0.1\\@evil.test/callback")]
    [InlineData("https://127.0.0.1:49152/callback")]
    [InlineData("http://[::1]:8080/callback")]
    [InlineData("http://[::1]x:8080/callback?x")]
    [InlineData("http://localhost:5001/callback")]
    [InlineData("https://app.test:444/callback?a=1")]
    public void T2_Threat9_Nothing_else_of_it_may(string address) => Assert.False(RedirectUris.Allows(Native, address));

    [Fact]
    public void T2_The_port_may_not_vary_for_a_client_that_authenticates() =>
        Assert.False(RedirectUris.Allows(Confidential, "http://127.0.0.1:49152/callback"));

    // A fixed seed: the same thousands of addresses in every run.
    [Fact]
    public void Threat9_No_address_that_differs_in_any_character_is_allowed()
    {
        var random = new Random(20260101);
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

            Assert.Equal(address == Registered, RedirectUris.Allows(Native, address));
        }
    }

    private static Client Make(string method, params string[] redirectUris) => new()
    {
        Id = "app",
        Name = "App",
        Profile = ClientProfile.Baseline,
        AuthenticationMethod = method,
        Grants = [GrantTypes.AuthorizationCode],
        Scopes = ["openid"],
        RedirectUris = redirectUris,
        PostLogoutRedirectUris = [],
        RequiresPushedRequests = false,
        RequiresPkce = true,
    };
}

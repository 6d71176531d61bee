using Platform.Doctor.Checks;

namespace Platform.Doctor.Tests.Checks;

public sealed class AddressChecksTests
{
    [Theory]
    [InlineData("https://portal.example/auth/callback/", "differs by the slash at its end")]
    [InlineData("http://portal.example/auth/callback", "differs by http and https")]
    [InlineData("https://portal.example:7000/auth/callback", "differs by the port")]
    [InlineData("https://potral.example/auth/callback", "differs by the host")]
    [InlineData("https://portal.example/callback", "differs by the path")]
    [InlineData("https://portal.example/Auth/Callback", "differs by upper and lower case")]
    [InlineData("https://portal.example/auth/callback,https://other.example/auth/callback", "is one joined text")]
    [InlineData("https://portal.example/auth/callback https://other.example/auth/callback", "is one joined text")]
    [InlineData("http://other.example/elsewhere", "Registered is 'http://other.example/elsewhere'")]
    [InlineData("no address", "Registered is 'no address'")]
    public void S0_13_A_redirect_uri_that_is_not_registered_letter_by_letter(string registered, string says)
    {
        var finding = Assert.Single(AddressChecks.RedirectUris(Good.Provider, Good.Client with { RedirectUris = [registered] }));

        Assert.Contains(says, finding.What, StringComparison.Ordinal);
        Assert.Contains(Good.Callback, finding.Fix, StringComparison.Ordinal);
        Assert.Contains("400 invalid_redirect_uri", finding.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void S0_13_Every_host_of_a_dynamic_callback_must_be_registered()
    {
        var provider = Good.Provider with { RedirectUris = [Good.Callback, "https://one.example/auth/callback", "https://two.example/auth/callback"] };

        var findings = AddressChecks.RedirectUris(provider, Good.Client with { RedirectUris = [Good.Callback, "https://two.example/auth/callback"] });

        Assert.Contains("'https://one.example/auth/callback'", Assert.Single(findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_without_redirect_uris() => Assert.Contains(
        "None is registered",
        Assert.Single(AddressChecks.RedirectUris(Good.Provider, Good.Client with { RedirectUris = [] })).What, StringComparison.Ordinal);

    [Fact]
    public void What_else_is_registered_does_no_harm() => Assert.Empty(AddressChecks.RedirectUris(
        Good.Provider, Good.Client with { RedirectUris = ["https://other.example/auth/callback", Good.Callback] }));

    [Fact]
    public void A_page_after_the_sign_out_that_is_not_registered() => Assert.Contains(
        "differs by the slash",
        Assert.Single(AddressChecks.PostLogoutRedirectUris(Good.Provider, Good.Client with { PostLogoutRedirectUris = [Good.Portal] })).What,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "has no backchannel_logout_uri")]
    [InlineData("http://portal.example/auth/backchannel-logout", "differs by http and https")]
    public void Logout_tokens_that_go_elsewhere(string? registered, string says) => Assert.Contains(
        says, Assert.Single(AddressChecks.BackchannelLogoutUri(Good.Provider, Good.Client with { BackchannelLogoutUri = registered })).What,
        StringComparison.Ordinal);
}

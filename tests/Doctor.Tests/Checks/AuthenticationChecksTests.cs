using Platform.Doctor.Checks;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Tests.Checks;

public sealed class AuthenticationChecksTests
{
    [Fact]
    public void A_client_that_nobody_registered()
    {
        var finding = Assert.Single(AuthenticationChecks.Registered(new ClientLookup("bff-sever", null)));

        Assert.Contains("'bff-sever'", finding.What, StringComparison.Ordinal);
        Assert.Contains("AUTH_CLIENT_ID", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void S0_15_A_secret_where_an_assertion_is_expected()
    {
        var finding = Assert.Single(AuthenticationChecks.Method(Good.Provider with { TokenAuthMethod = "client_secret_post" }, Good.Client));

        Assert.Contains("client_assertion_type must be jwt-bearer", finding.Cause, StringComparison.Ordinal);
        Assert.Contains("MS_BFF_TOKEN_AUTH_METHOD=private_key_jwt", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assertion_where_a_secret_is_expected()
    {
        var finding = Assert.Single(AuthenticationChecks.Method(Good.Provider, Good.Client with { TokenEndpointAuthMethod = "client_secret_basic" }));

        Assert.Contains("by private_key_jwt, and the client is registered for client_secret_basic", finding.What, StringComparison.Ordinal);
        Assert.Contains(Good.JwksUri, finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["client_secret_post"]""")]
    [InlineData("[]")]
    public void A_method_that_is_not_offered(string offered) => Assert.Equal(
        "auth-method-offered",
        Assert.Single(AuthenticationChecks.MethodOffered(Good.Provider, Good.With("token_endpoint_auth_methods_supported", offered))).Check);

    [Fact]
    public void Metadata_that_say_nothing_of_methods_offer_client_secret_basic()
    {
        var metadata = Good.Without("token_endpoint_auth_methods_supported");

        Assert.Empty(AuthenticationChecks.MethodOffered(Good.Provider with { TokenAuthMethod = "client_secret_basic" }, metadata));
        Assert.Single(AuthenticationChecks.MethodOffered(Good.Provider, metadata));
    }
}

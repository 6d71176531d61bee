using Platform.Doctor.Checks;

namespace Platform.Doctor.Tests.Checks;

public sealed class ScopeChecksTests
{
    [Fact]
    public void S0_15_Scopes_that_the_client_may_not_have()
    {
        var finding = Assert.Single(ScopeChecks.Scopes(Good.Provider, Good.Client with { Scopes = ["openid"] }));

        Assert.Contains("'offline_access', 'contacts.read'", finding.What, StringComparison.Ordinal);
        Assert.Contains("400 invalid_scope", finding.Cause, StringComparison.Ordinal);
        Assert.Contains("OIDC_SCOPES", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_that_the_client_may_have_besides_do_no_harm() =>
        Assert.Empty(ScopeChecks.Scopes(Good.Provider with { Scopes = ["openid"] }, Good.Client));

    [Fact]
    public void A_scope_that_no_resource_has() => Assert.Contains(
        "'contacts.read'",
        Assert.Single(ScopeChecks.Offered(Good.Provider, Good.With("scopes_supported", """["openid","offline_access"]"""))).What,
        StringComparison.Ordinal);

    [Fact]
    public void Metadata_need_not_list_scopes() => Assert.Empty(ScopeChecks.Offered(Good.Provider, Good.Without("scopes_supported")));

    [Theory]
    [InlineData("authorization_code", "refresh_token", "no refresh token")]
    [InlineData("refresh_token", "authorization_code", "unauthorized_client")]
    public void A_grant_that_the_client_does_not_have(string has, string lacks, string cause)
    {
        var finding = Assert.Single(ScopeChecks.Grants(Good.Provider, Good.Client with { GrantTypes = [has] }));

        Assert.Contains(lacks, finding.What, StringComparison.Ordinal);
        Assert.Contains(cause, finding.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_no_refresh_token_needs_no_grant_for_it() => Assert.Empty(ScopeChecks.Grants(
        Good.Provider with { Scopes = ["openid"] }, Good.Client with { GrantTypes = ["authorization_code"] }));
}

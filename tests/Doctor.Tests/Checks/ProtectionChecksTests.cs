using Platform.Doctor.Checks;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Tests.Checks;

public sealed class ProtectionChecksTests
{
    private static readonly ClientView Lax = Good.Client with
    {
        Profile = "baseline",
        RequirePushedAuthorizationRequests = false,
        RequirePkce = false,
        DpopBoundAccessTokens = false,
        RequiresSenderConstraint = false,
    };

    private static readonly ProviderView Plain = Good.Provider with { PushedAuthorization = false, Pkce = false, SignedResponse = false, DPoP = false };

    [Fact]
    public void What_neither_side_wants_is_no_mismatch()
    {
        Assert.Empty(ProtectionChecks.PushedRequests(Plain, Lax, Good.Metadata));
        Assert.Empty(ProtectionChecks.Pkce(Plain, Lax, Good.Metadata));
        Assert.Empty(ProtectionChecks.SignedResponses(Plain, Lax, Good.Metadata));
        Assert.Empty(ProtectionChecks.SenderConstraint(Plain, Lax, Good.Metadata));
    }

    [Fact]
    public void Pushed_requests_that_the_BFF_insists_on_and_the_IdP_does_not_offer() => Assert.Contains(
        "no pushed_authorization_request_endpoint",
        Assert.Single(ProtectionChecks.PushedRequests(Good.Provider, Good.Client, Good.Without("pushed_authorization_request_endpoint"))).What,
        StringComparison.Ordinal);

    [Fact]
    public void Pushed_requests_that_the_client_or_the_IdP_demands_and_the_BFF_does_not_make()
    {
        Assert.Single(ProtectionChecks.PushedRequests(Plain, Lax with { RequirePushedAuthorizationRequests = true }, Good.Metadata));
        Assert.Single(ProtectionChecks.PushedRequests(Plain, Lax, Good.With("require_pushed_authorization_requests", "true")));
    }

    [Theory]
    [InlineData("""["plain"]""")]
    [InlineData("\"S256\"")]
    public void PKCE_that_the_IdP_does_not_offer(string methods) => Assert.Contains(
        "Oidc:Pkce to false",
        Assert.Single(ProtectionChecks.Pkce(Good.Provider, Good.Client, Good.With("code_challenge_methods_supported", methods))).Fix,
        StringComparison.Ordinal);

    [Fact]
    public void PKCE_that_the_client_demands() => Assert.Contains(
        "Oidc:Pkce=false", Assert.Single(ProtectionChecks.Pkce(Plain, Lax with { RequirePkce = true }, Good.Metadata)).What, StringComparison.Ordinal);

    [Fact]
    public void Signed_responses_that_are_not_offered_or_by_an_algorithm_that_is_not_taken_or_not_expected()
    {
        var signed = Good.Client with { AuthorizationSignedResponseAlg = "RS256" };

        Assert.Contains("response_modes_supported", Assert.Single(
            ProtectionChecks.SignedResponses(Good.Provider, Good.Client, Good.With("response_modes_supported", """["query"]"""))).What,
            StringComparison.Ordinal);
        Assert.Contains("signed with RS256", Assert.Single(ProtectionChecks.SignedResponses(Good.Provider, signed, Good.Metadata)).What, StringComparison.Ordinal);
        Assert.Contains("SignedResponse=false", Assert.Single(ProtectionChecks.SignedResponses(Plain, signed, Good.Metadata)).What, StringComparison.Ordinal);
        Assert.Empty(ProtectionChecks.SignedResponses(Good.Provider, Good.Client, Good.With("response_modes_supported", """["query.jwt"]""")));
    }

    [Fact]
    public void Bound_tokens_that_are_not_offered() => Assert.Contains(
        "dpop_signing_alg_values_supported",
        Assert.Single(ProtectionChecks.SenderConstraint(Good.Provider, Good.Client, Good.Without("dpop_signing_alg_values_supported"))).What,
        StringComparison.Ordinal);

    [Fact]
    public void Bound_tokens_that_the_client_or_its_profile_demands()
    {
        var asked = Assert.Single(ProtectionChecks.SenderConstraint(Plain, Lax with { DpopBoundAccessTokens = true }, Good.Metadata));
        var held = Assert.Single(ProtectionChecks.SenderConstraint(Plain, Lax with { Profile = "fapi2", RequiresSenderConstraint = true }, Good.Metadata));

        Assert.Contains("dpop_bound_access_tokens", asked.What, StringComparison.Ordinal);
        Assert.Contains("profile fapi2", held.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_bound_to_a_certificate_which_the_BFF_does_not_have() => Assert.Contains(
        "dpop_bound_access_tokens: true",
        Assert.Single(ProtectionChecks.SenderConstraint(
            Good.Provider, Good.Client with { TlsClientCertificateBoundAccessTokens = true }, Good.Metadata)).Fix,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("fapi2", "require_signed_request_object")]
    [InlineData("fapi2_message_signing", "profile fapi2_message_signing")]
    public void Signed_requests_which_the_BFF_does_not_make(string profile, string says) => Assert.Contains(
        says,
        Assert.Single(ProtectionChecks.SignedRequests(Good.Provider, Good.Client with { Profile = profile, RequireSignedRequestObject = true })).What,
        StringComparison.Ordinal);
}

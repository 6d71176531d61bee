using Platform.Doctor.Checks;
using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Checks;

public sealed class KeyChecksTests
{
    private static readonly ProviderView Secret = Good.Provider with { TokenAuthMethod = "client_secret_basic", Keys = null };

    [Theory]
    [InlineData("key-2", "thumbprint-2", "It has 'key-2'")]
    [InlineData("key-1", "thumbprint-2", "Its key of this kid is another one")]
    [InlineData("key-2", "thumbprint-1", "under the kid 'key-2'")]
    public void S0_15_A_key_that_the_IdP_does_not_have(string kid, string thumbprint, string says)
    {
        var finding = Assert.Single(KeyChecks.ClientKeys(Good.Provider, Good.Client with { Keys = [new(kid, "EC", "ES256", thumbprint)] }));

        Assert.Contains(says, finding.What, StringComparison.Ordinal);
        Assert.Contains("401 invalid_client", finding.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void S0_12_While_keys_are_rotated_the_old_one_may_be_there_too()
    {
        var client = Good.Client with { Keys = [new("key-0", "EC", "ES256", "thumbprint-0"), .. Good.Client.Keys!] };

        Assert.Empty(KeyChecks.ClientKeys(Good.Provider, client));
    }

    [Fact]
    public void A_key_set_that_the_IdP_cannot_fetch()
    {
        var finding = Assert.Single(KeyChecks.ClientKeys(Good.Provider, Good.Client with { Keys = null, KeysFault = "it answered 404" }));

        Assert.Contains("it answered 404", finding.What, StringComparison.Ordinal);
        Assert.Contains("Idp:Outbound:AllowedHosts", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_the_IdP_left_out_is_explained() => Assert.Contains(
        "One was left out: The use of the key is not sig.",
        Assert.Single(KeyChecks.ClientKeys(
            Good.Provider, Good.Client with { Keys = [], UnusableKeys = ["The use of the key is not sig."] })).What,
        StringComparison.Ordinal);

    [Fact]
    public void A_BFF_that_does_not_know_its_keys() => Assert.Contains(
        "knows no key", Assert.Single(KeyChecks.ClientKeys(Good.Provider with { Keys = null }, Good.Client)).What, StringComparison.Ordinal);

    [Fact]
    public void A_jwks_uri_that_leads_elsewhere_is_a_mismatch_and_keys_by_hand_are_a_note()
    {
        var elsewhere = Assert.Single(KeyChecks.JwksUri(Good.Provider, Good.Client with { JwksUri = "https://portal.example/jwks" }));
        var byHand = Assert.Single(KeyChecks.JwksUri(Good.Provider, Good.Client with { JwksUri = null }));

        Assert.Equal(Severity.Mismatch, elsewhere.Severity);
        Assert.Contains("differs by the path", elsewhere.What, StringComparison.Ordinal);
        Assert.Equal(Severity.Note, byHand.Severity);
    }

    [Fact]
    public void An_algorithm_that_the_client_may_not_use() => Assert.Contains(
        "signs with ES256, and the client may use PS256",
        Assert.Single(KeyChecks.Algorithm(Good.Provider, Good.Client with { AssertionAlgorithms = ["PS256"] })).What, StringComparison.Ordinal);

    [Fact]
    public void A_client_with_a_secret_needs_no_key()
    {
        var client = Good.Client with { TokenEndpointAuthMethod = "client_secret_basic", Keys = null, JwksUri = null, AssertionAlgorithms = [] };

        Assert.Empty(KeyChecks.ClientKeys(Secret, client));
        Assert.Empty(KeyChecks.JwksUri(Secret, client));
        Assert.Empty(KeyChecks.Algorithm(Secret, client));
        Assert.Empty(KeyChecks.Published(Secret, []));
    }

    [Theory]
    [InlineData("key-2", "thumbprint-1")]
    [InlineData("key-1", "thumbprint-2")]
    public void A_key_set_of_the_BFF_without_the_key_that_signs(string kid, string thumbprint) =>
        Assert.Equal("bff-jwks", Assert.Single(KeyChecks.Published(Good.Provider, [new(kid, "EC", "ES256", thumbprint)])).Check);

    [Fact]
    public void ID_tokens_by_an_algorithm_that_the_BFF_does_not_take_or_that_there_is_no_key_for()
    {
        var notTaken = Assert.Single(KeyChecks.IdpKeys(Good.Provider, Good.Client with { IdTokenSignedResponseAlg = "RS256" }, Good.Keys));
        var noKey = Assert.Single(KeyChecks.IdpKeys(Good.Provider, Good.Client with { IdTokenSignedResponseAlg = "PS256" }, Good.Keys));

        Assert.Contains("signed with RS256", notTaken.What, StringComparison.Ordinal);
        Assert.Contains("publishes no key for it", noKey.What, StringComparison.Ordinal);
        Assert.Empty(KeyChecks.IdpKeys(Good.Provider, Good.Client, [new("any", "EC", null, "thumbprint")]));
    }
}

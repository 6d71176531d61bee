using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;
using Platform.Tokens.ResourceRequests;

namespace Platform.Tokens.Tests.ResourceRequests;

public class ResourceChallengeTests
{
    [Fact]
    public void Says_what_is_missing()
    {
        Assert.Equal("Bearer", ResourceChallenge.Bearer());
        Assert.Equal(
            "Bearer error=\"insufficient_scope\", scope=\"contacts.read\"",
            ResourceChallenge.Bearer("insufficient_scope", "contacts.read"));
        Assert.Equal(
            "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"",
            ResourceChallenge.DPoP(new DPoPRules { Algorithms = [JwsAlgorithm.ES256] }, "use_dpop_nonce"));
    }
}

using Platform.Tokens.IdTokens;

namespace Platform.Tokens.Tests.IdTokens;

public class HalfHashTests
{
    // OpenID Connect Core 1.0 appendix A.3, A.4
    [Theory]
    [InlineData("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "77QmUPtjPfzWtF2AnpK9RQ")]
    [InlineData("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk", "LDktKdoQak3Pk0cnXxCltA")]
    public void Is_that_of_OpenID_Connect_Core(string value, string expected) =>
        Assert.Equal(expected, HalfHash.Of(value));
}

using Platform.Tokens.DPoP;

namespace Platform.Tokens.Tests.DPoP;

public class DPoPVectorTests
{
    [Fact]
    public void Accepts_the_token_request_of_RFC_9449_5() => Assert.Equal(
        new DPoPCheck.Valid(new DPoPProof(Rfc9449.Thumbprint, "-BwC3ESc6acc2lTc", At(1562262616), null, null)),
        DPoPProofValidator.Check(
            Rfc9449.TokenRequestProof, "POST", "https://server.example.com/token", null, DPoPRules.Default, At(1562262616)));

    [Fact]
    public void Accepts_the_resource_request_of_RFC_9449_7_1() => Assert.Equal(
        new DPoPCheck.Valid(new DPoPProof(
            Rfc9449.Thumbprint, "e1j3V_bKic8-LAEB", At(1562262618), null, "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")),
        DPoPProofValidator.Check(
            Rfc9449.ResourceRequestProof,
            "GET",
            "https://resource.example.org/protectedresource",
            Rfc9449.AccessToken,
            DPoPRules.Default,
            At(1562262618)));

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}

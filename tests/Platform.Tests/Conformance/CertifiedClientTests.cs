namespace Platform.Tests.Conformance;

/// <summary>The authorization server driven by clients that the OpenID Foundation has certified.</summary>
public sealed class CertifiedClientTests(ConformanceTopology topology) : IClassFixture<ConformanceTopology>
{
    [Theory]
    [InlineData("code-flow")]
    [InlineData("form-post")]
    [InlineData("fapi2-dpop")]
    [InlineData("fapi2-message-signing")]
    [InlineData("fapi2-mtls")]
    [InlineData("oauth4webapi-fapi2")]
    [InlineData("machine")]
    [InlineData("device")]
    [InlineData("ciba")]
    [InlineData("registration")]
    [InlineData("walkthrough")]
    public async Task A_certified_client_gets_through(string scenario)
    {
        Assert.SkipWhen(CertifiedClients.Missing is not null, CertifiedClients.Missing ?? "");

        var fault = await topology.Clients.RunAsync(scenario, TestContext.Current.CancellationToken);

        Assert.True(fault is "", fault);
    }
}

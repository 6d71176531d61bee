using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Operations;

public sealed class DiagnosticsEndpointTests(InspectedServer server) : IClassFixture<InspectedServer>
{
    [Fact]
    public async Task Shows_its_clock_what_it_depends_on_and_why_Kafka_cannot_be_asked()
    {
        var shown = await server.ShowAsync("/admin/diagnostics", "diagnostics.read");

        Assert.Equal(IdpServer.Issuer, shown.GetProperty("issuer").GetString());
        Assert.Equal(server.Clock.GetUtcNow(), shown.GetProperty("now").GetDateTimeOffset());
        Assert.Equal("Healthy", shown.GetProperty("health").GetString());
        Assert.Contains(shown.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "redis-cache");
        var kafka = shown.GetProperty("kafka");
        Assert.Equal("localhost:1", kafka.GetProperty("bootstrap_servers").GetString());
        Assert.Contains("localhost:1", kafka.GetProperty("fault").GetString());
        Assert.Empty(kafka.GetProperty("topics").EnumerateArray());
    }
}

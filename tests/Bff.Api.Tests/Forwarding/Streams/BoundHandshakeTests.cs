using Platform.Tokens.DPoP;

namespace Platform.Bff.Tests.Forwarding.Streams;

public sealed class BoundHandshakeTests(BoundStreamsPortal portal) : IClassFixture<BoundStreamsPortal>
{
    private readonly StreamsPortal _portal = portal.WithStreams();

    [Theory]
    [InlineData("socket")]
    [InlineData("socket over HTTP/2")]
    public async Task D3_a_handshake_carries_a_proof(string kind)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var stream = await OpenStream.OpenAsync(kind, browser, _portal.Bff);

        var received = Assert.Single(_portal.Contacts.Requests).Headers;
        var token = received["Authorization"]["DPoP ".Length..];
        Assert.IsType<DPoPCheck.Valid>(DPoPProofValidator.Check(
            received["DPoP"], "GET", $"{_portal.Contacts.Address}/api/socket", token, DPoPRules.Default, _portal.Clock.GetUtcNow()));
    }
}

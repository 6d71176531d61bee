using System.Net;
using Platform.Bff.Tests.Signals;

namespace Platform.Bff.Tests.Forwarding.Streams;

/// <summary>Streams while security events do not arrive.</summary>
public sealed class UnconfirmedStreamTests(StreamsPortal portal) : IClassFixture<StreamsPortal>
{
    private static readonly TimeSpan ConfirmEvery = TimeSpan.FromMinutes(5);

    private readonly StreamsPortal _portal = portal.WithStreams();

    [Theory]
    [InlineData("socket")]
    [InlineData("socket over HTTP/2")]
    [InlineData("events")]
    public async Task Threat24_a_stream_goes_on_as_long_as_the_provider_vouches_for_its_session(string kind)
    {
        var events = new HeardEvents(_portal, _portal.Bff, _portal.SecondReplica);
        await events.ArriveAsync();
        _portal.Provider.Refreshes = true;
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var signedInAt = _portal.Clock.GetUtcNow();
        using var elsewhere = _portal.Browser(_portal.SecondReplica);
        elsewhere.Cookies["__Host-bff"] = browser.Cookies["__Host-bff"];
        using var stream = await OpenStream.OpenAsync(kind, elsewhere, _portal.SecondReplica);
        await events.StayAwayAsync(TimeSpan.FromMinutes(3));

        // Another tab uses a route with an access token of its own.
        _portal.Clock.Advance(signedInAt + ConfirmEvery - TimeSpan.FromSeconds(15) - _portal.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/one"));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await stream.AssertOpenAsync();

        _portal.Clock.Advance(ConfirmEvery);
        await stream.EndAsync();
        using var again = await OpenStream.OpenAsync(kind, elsewhere, _portal.SecondReplica);
        Assert.Equal(2, _portal.Provider.RefreshesBegun);
    }
}

using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Polling;

/// <summary>The stream that is polled (SSF 1.0 section 8.1).</summary>
public sealed class PolledStreamTests : PollingService
{
    [Fact]
    public async Task X9_the_issuer_itself_is_polled_for_the_client_that_polls()
    {
        var session = await Sessions.SignInAsync("ada");
        await using var service = await StartWithIssuerAsync();
        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled); // the verification

        var revoked = Acme.Events.SessionRevoked(Acme.Events.User("ada"));
        Acme.Send(revoked);

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
        Assert.True(await Sessions.IsDeadAsync(session));
        Assert.Equal(EventTypes.OfSubjects.Order(), Requested());
        Assert.Equal("iss_sub", Acme.Stream["format"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_stream_of_before_tells_what_is_wanted_by_now_and_goes_on()
    {
        await using (await StartAsync(("Events:0", "session-revoked")))
        {
            await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled);
        }

        Assert.Equal([EventTypes.SessionRevoked], Requested());
        Acme.Status = "paused";

        await using var service = await StartAsync(
            ("Events:0", "session-revoked"), ("Events:1", "credential-change"), ("Poll:Format", "complex"));

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 2, Cancelled);
        Assert.Equal(new[] { EventTypes.CredentialChange, EventTypes.SessionRevoked }.Order(), Requested());
        Assert.Equal("complex", Acme.Stream["format"]!.GetValue<string>());
        Assert.Equal("enabled", Acme.Status);
        Assert.Equal(1, Acme.StreamsCreated);
        Assert.False(service.Logs.Contain("THE STREAM AT THE TRANSMITTER"));
    }

    [Fact]
    public async Task A_transmitter_that_lets_nobody_change_its_stream_is_polled_all_the_same_and_the_log_says_so()
    {
        await using (await StartAsync(("Events:0", "session-revoked")))
        {
            await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled);
        }

        (Acme.RefusesChanges, Acme.Status) = (true, "paused");
        await using var service = await StartAsync(("Events:0", "credential-change"));

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 2, Cancelled);
        Assert.Equal([EventTypes.SessionRevoked], Requested());
        Assert.Equal("paused", Acme.Status);
        Assert.True(service.Logs.Contain("THE STREAM AT THE TRANSMITTER acme IS PAUSED OR TELLS OTHER EVENTS"));
    }

    private IEnumerable<string> Requested() =>
        Acme.Stream["events_requested"]!.AsArray().Select(type => type!.GetValue<string>()).Order();
}

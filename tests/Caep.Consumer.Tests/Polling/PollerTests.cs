using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Polling;

/// <summary>The whole service polls a transmitter (RFC 8936).</summary>
public sealed class PollerTests : PollingService
{
    [Fact]
    public async Task X9_creates_a_stream_verifies_it_and_acknowledges_what_it_applied()
    {
        var session = await Sessions.SignInAsync("ada");
        await using var service = await StartAsync();
        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled); // the verification

        var revoked = Acme.Events.SessionRevoked(Acme.Events.User("ada"));
        Acme.Send(revoked);

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
        Assert.True(await Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Reports_what_will_never_be_good_and_goes_on()
    {
        await using var service = await StartAsync();
        var forged = Acme.Events.SessionRevoked(Acme.Events.User("ada"));
        var foreign = Acme.Events.SessionRevoked(Issuer.User("ada"));
        var good = Acme.Events.SessionRevoked(Acme.Events.User("ada"));

        Acme.Send(forged, Acme.Events.Forge);
        Acme.Send(foreign);
        Acme.Send(good);

        await Eventually.BecomesTrueAsync(
            () => Acme.Acknowledged.Contains(good.JwtId) && Acme.Reported.Count == 2, Cancelled);
        Assert.Equal("invalid_key", Acme.Reported[forged.JwtId]);
        Assert.Equal("access_denied", Acme.Reported[foreign.JwtId]);
    }

    [Fact]
    public async Task Reports_a_verification_of_another_state_and_takes_one_that_was_not_asked_for()
    {
        await using var service = await StartAsync();
        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled);
        var wrong = Acme.Events.Event(EventTypes.Verification, new SubjectIdentifier.Opaque("stream-1"), """{"state":"another"}""");
        var unasked = Acme.Events.Event(EventTypes.Verification, new SubjectIdentifier.Opaque("stream-1"));

        Acme.Send(wrong);
        Acme.Send(unasked);

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Contains(unasked.JwtId) && Acme.Reported.Count == 1, Cancelled);
        Assert.Equal("invalid_state", Acme.Reported[wrong.JwtId]);
    }

    [Fact]
    public async Task Takes_up_the_stream_of_before_and_a_new_token_when_the_old_one_is_refused()
    {
        await using (await StartAsync())
        {
            await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled);
        }

        await using var service = await StartAsync();
        Acme.ExpireTokens();
        var revoked = Acme.Events.SessionRevoked(Acme.Events.User("ada"));
        Acme.Send(revoked);

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
        Assert.Equal(1, Acme.StreamsCreated);
    }

    [Fact]
    public async Task Acknowledges_nothing_while_Redis_is_away()
    {
        await using var service = await StartAsync();
        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Count == 1, Cancelled);
        Redis.Stop();
        var revoked = Acme.Events.SessionRevoked(Acme.Events.User("ada"));
        Acme.Send(revoked);
        await Eventually.BecomesTrueAsync(() => service.Logs.Contain("waits for Redis"), Cancelled);
        Assert.DoesNotContain(revoked.JwtId, Acme.Acknowledged);

        Redis.Start();

        await Eventually.BecomesTrueAsync(() => Acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
    }

    [Fact]
    public async Task Takes_the_stream_down_when_it_is_told_to()
    {
        await using (await StartAsync())
        {
            await Eventually.BecomesTrueAsync(() => Acme.HasStream, Cancelled);
        }

        await using var service = await StartAsync(("Poll:Remove", "true"));

        await Eventually.BecomesTrueAsync(() => !Acme.HasStream, Cancelled);
    }
}

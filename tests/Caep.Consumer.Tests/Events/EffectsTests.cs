using Platform.Caep.Events;
using Platform.Caep.Policy;
using Platform.Caep.Tests.Fixtures;
using Platform.Sessions;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Events;

/// <summary>What the policy's effects do to sessions, and what comes late or again does not undo.</summary>
public sealed class EffectsTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly string _user = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Ends_all_sessions_also_where_one_is_named()
    {
        var one = await fixture.Sessions.SignInAsync(_user, "one" + _user);
        var other = await fixture.Sessions.SignInAsync(_user, "other" + _user);

        await ProcessAsync(EventTypes.CredentialCompromise, """{"credential_type":"password"}""", session: "one" + _user);

        Assert.True(await fixture.Sessions.IsDeadAsync(one));
        Assert.True(await fixture.Sessions.IsDeadAsync(other));
    }

    [Fact]
    public async Task X6_demands_a_new_sign_in_of_the_sessions_of_before_and_of_those_in_flight()
    {
        var session = await fixture.Sessions.SignInAsync(_user);
        var somebody = await fixture.Sessions.SignInAsync("somebody" + _user);

        Assert.Equal(
            new EventOutcome.Applied(EventEffect.StepUp, Sessions: 1, Repeated: false),
            await ProcessAsync(EventTypes.CredentialChange, """{"credential_type":"password","change_type":"update"}"""));

        Assert.True((await fixture.Sessions.FindAsync(session)).NeedsSignIn);
        Assert.False((await fixture.Sessions.FindAsync(somebody)).NeedsSignIn);

        var inFlight = await fixture.Sessions.SignInAsync(_user); // authenticated a minute ago
        Assert.True((await fixture.Sessions.FindAsync(inFlight)).NeedsSignIn);
    }

    [Fact]
    public async Task Demands_a_refresh_of_one_session_where_one_is_named()
    {
        var one = await fixture.Sessions.SignInAsync(_user, "one" + _user);
        var other = await fixture.Sessions.SignInAsync(_user, "other" + _user);

        await ProcessAsync(EventTypes.TokenClaimsChange, """{"claims":{"role":"clerk"}}""", session: "one" + _user);

        Assert.True((await fixture.Sessions.FindAsync(one)).NeedsRefresh);
        Assert.False((await fixture.Sessions.FindAsync(other)).NeedsRefresh);
        Assert.False((await fixture.Sessions.FindAsync(one)).NeedsSignIn);
    }

    [Fact]
    public async Task An_older_event_that_comes_later_takes_nothing_back()
    {
        var now = TimeProvider.System.GetUtcNow();
        var session = await fixture.Sessions.SignInAsync(_user);
        const string Update = """{"credential_type":"password","change_type":"update"}""";

        await ProcessAsync(EventTypes.CredentialChange, Update, at: now);
        await ProcessAsync(EventTypes.CredentialChange, Update, at: now - TimeSpan.FromDays(2));

        Assert.True((await fixture.Sessions.FindAsync(session)).NeedsSignIn);
    }

    [Fact]
    public async Task An_event_of_before_the_sign_in_demands_nothing_of_it()
    {
        var session = await fixture.Sessions.SignInAsync(_user);

        Assert.Equal(
            new EventOutcome.Applied(EventEffect.StepUp, Sessions: 0, Repeated: false),
            await ProcessAsync(
                EventTypes.CredentialChange, """{"credential_type":"password","change_type":"update"}""",
                at: TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(2)));
        Assert.False((await fixture.Sessions.FindAsync(session)).NeedsSignIn);
    }

    [Fact]
    public async Task X8_a_demand_that_comes_again_is_the_same()
    {
        var session = await fixture.Sessions.SignInAsync(_user);
        var set = fixture.Transmitter.Sign(fixture.Transmitter.Event(
            EventTypes.TokenClaimsChange, fixture.Transmitter.User(_user), """{"claims":{"role":"clerk"}}"""));

        await fixture.ProcessAsync(set);
        var demanded = (await fixture.Sessions.FindAsync(session)).Demands;

        Assert.Equal(
            new EventOutcome.Applied(EventEffect.RefreshClaims, Sessions: 1, Repeated: true), await fixture.ProcessAsync(set));
        Assert.Equal(demanded, (await fixture.Sessions.FindAsync(session)).Demands);
    }

    [Fact]
    public async Task Threat23_a_session_that_began_after_a_revocation_survives_its_repetition()
    {
        var revoked = fixture.Transmitter.Sign(fixture.Transmitter.SessionRevoked(
            fixture.Transmitter.User(_user), TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5)));
        await fixture.ProcessAsync(revoked);
        var session = await fixture.Sessions.SignInAsync(_user); // authenticated a minute ago

        await fixture.ProcessAsync(revoked);

        Assert.True(await fixture.Sessions.IsAliveAsync(session));
    }

    [Fact]
    public async Task Threat23_an_account_that_is_enabled_gives_no_session_back()
    {
        var enabled = fixture.Transmitter.Sign(fixture.Transmitter.Event(EventTypes.AccountEnabled, fixture.Transmitter.User(_user)));
        await fixture.ProcessAsync(enabled);
        var session = await fixture.Sessions.SignInAsync(_user);
        await ProcessAsync(EventTypes.AccountDisabled, "{}");

        Assert.IsType<EventOutcome.Recorded>(await fixture.ProcessAsync(enabled));

        Assert.True(await fixture.Sessions.IsDeadAsync(session));
        Assert.IsType<SessionCreation.Revoked>(await fixture.Sessions.TrySignInAsync(_user)); // in flight when it was disabled
    }

    [Theory]
    [InlineData(EventTypes.Verification, "{}")]
    [InlineData(EventTypes.StreamUpdated, """{"status":"paused"}""")]
    public async Task Records_what_is_about_a_stream(string type, string members) => Assert.IsType<EventOutcome.Recorded>(
        await fixture.ProcessAsync(fixture.Transmitter.Event(type, new SubjectIdentifier.Opaque("stream-1"), members)));

    private Task<EventOutcome> ProcessAsync(string type, string members, string? session = null, DateTimeOffset? at = null)
    {
        var user = fixture.Transmitter.User(_user);
        SubjectIdentifier subject = session is null ? user : new SubjectIdentifier.Complex(user, new SubjectIdentifier.Opaque(session));
        return fixture.ProcessAsync(fixture.Transmitter.Event(type, subject, members, at));
    }
}

using Platform.Caep.Events;
using Platform.Caep.Policy;
using Platform.Caep.Tests.Fixtures;
using Platform.Caep.Transmitters;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Transmitters;

/// <summary>A transmitter beside the issuer: it is trusted with what the configuration says, and with nothing else.</summary>
public sealed class ForeignTransmitterTests : IAsyncLifetime
{
    private const string Audience = "https://portal.example/caep";

    private readonly PipelineFixture _fixture = new();
    private readonly Transmitter _foreign = new();
    private readonly ForeignTransmitterOptions _options = new();

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await _foreign.InitializeAsync();
        _options.Issuer = _foreign.Issuer;
        _options.Audience = Audience;
        _fixture.Foreign["acme"] = _options;
    }

    public async ValueTask DisposeAsync()
    {
        await _foreign.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Speaks_for_its_own_users()
    {
        var session = await new SessionsOf(_fixture.Redis.Connection, _foreign.Issuer).SignInAsync("ada", "s-1");

        Assert.Equal(
            new EventOutcome.Applied(EventEffect.EndSession, Sessions: 1, Repeated: false), await ProcessAsync(_foreign.User("ada")));
        Assert.True(await _fixture.Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Threat22_does_not_speak_for_users_of_ours_unless_it_is_trusted_to()
    {
        var session = await _fixture.Sessions.SignInAsync("ada");

        Assert.Equal("access_denied", await RefusedAsync(_fixture.Transmitter.User("ada")));
        Assert.True(await _fixture.Sessions.IsAliveAsync(session));

        _options.SpeaksFor.Add(_fixture.Transmitter.Issuer);
        Assert.Equal("access_denied", await RefusedAsync(_fixture.Transmitter.User("ada")));

        _options.Subjects.Add(SubjectTargets.IssuerSubject);
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(_fixture.Transmitter.User("ada")));
        Assert.True(await _fixture.Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Names_users_of_ours_by_address_only_when_it_is_trusted_to()
    {
        var session = await _fixture.Sessions.SignInAsync("ada", email: "ada@example.com");
        var subject = new SubjectIdentifier.Email("ada@example.com");

        Assert.Equal("access_denied", await RefusedAsync(subject));

        _options.Subjects.Add(SubjectTargets.Email);
        Assert.IsType<EventOutcome.Recorded>(await ProcessAsync(subject)); // nobody of its own has the address

        _options.SpeaksFor.Add(_fixture.Transmitter.Issuer);
        Assert.IsType<EventOutcome.Applied>(await ProcessAsync(subject));
        Assert.True(await _fixture.Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Cannot_name_a_session_of_ours()
    {
        var session = await _fixture.Sessions.SignInAsync("ada", "s-2");

        await ProcessAsync(new SubjectIdentifier.Complex(null, new SubjectIdentifier.Opaque("s-2")));

        Assert.True(await _fixture.Sessions.IsAliveAsync(session));
    }

    [Fact]
    public async Task Says_only_what_it_is_trusted_with()
    {
        _options.Events.Add("credential-change");

        Assert.Equal("access_denied", await RefusedAsync(_foreign.User("ada")));
    }

    [Fact]
    public async Task Threat22_its_keys_sign_nothing_of_ours()
    {
        var session = await _fixture.Sessions.SignInAsync("ada");
        var stolen = _fixture.Transmitter.SessionRevoked(_fixture.Transmitter.User("ada"));

        Assert.Equal("invalid_key", (await _fixture.ProcessAsync(_foreign.Sign(stolen)) as EventOutcome.Poison)?.Error);
        Assert.True(await _fixture.Sessions.IsAliveAsync(session));
    }

    [Fact]
    public async Task X3_its_events_are_for_the_audience_that_it_was_given() => Assert.Equal(
        "invalid_audience",
        (await _fixture.ProcessAsync(_foreign.Sign(_foreign.SessionRevoked(_foreign.User("ada")))) as EventOutcome.Poison)?.Error);

    [Fact]
    public async Task Its_event_ids_are_its_own()
    {
        var session = await _fixture.Sessions.SignInAsync("ada");
        var ours = _fixture.Transmitter.SessionRevoked(_fixture.Transmitter.User("ada"));
        _options.SpeaksFor.Add(_fixture.Transmitter.Issuer);
        _options.Subjects.Add(SubjectTargets.IssuerSubject);
        var earlier = _foreign.SessionRevoked(_fixture.Transmitter.User("ada"), TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));

        await _fixture.ProcessAsync(_foreign.Sign(earlier with { JwtId = ours.JwtId, Audience = Audience }));
        Assert.True(await _fixture.Sessions.IsAliveAsync(session));

        await _fixture.ProcessAsync(ours);
        Assert.True(await _fixture.Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task X7_its_metadata_says_which_members_of_a_subject_are_critical()
    {
        _foreign.Critical = ["device"];
        var subject = new SubjectIdentifier.Complex(_foreign.User("ada"), null) { Device = new SubjectIdentifier.Opaque("laptop") };

        Assert.Equal("invalid_request", await RefusedAsync(subject));
    }

    private Task<EventOutcome> ProcessAsync(SubjectIdentifier subject) =>
        _fixture.ProcessAsync(_foreign.Sign(_foreign.SessionRevoked(subject) with { Audience = Audience }));

    private async Task<string> RefusedAsync(SubjectIdentifier subject) =>
        Assert.IsType<EventOutcome.Poison>(await ProcessAsync(subject)).Error;
}

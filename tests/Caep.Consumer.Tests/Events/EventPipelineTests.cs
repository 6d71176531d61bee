using System.Text;
using Platform.Caep.Events;
using Platform.Caep.Policy;
using Platform.Caep.Tests.Fixtures;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Events;

public sealed class EventPipelineTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private const string Unknown = "https://schemas.openid.net/secevent/caep/event-type/session-presented";

    private readonly Transmitter _transmitter = fixture.Transmitter;
    private readonly string _subject = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task X6_applies_a_valid_event()
    {
        var session = await fixture.Sessions.SignInAsync(_subject);

        var outcome = await ProcessAsync(_transmitter.Sign(Revoked()));

        Assert.Equal(new EventOutcome.Applied(EventEffect.EndSession, Sessions: 1, Repeated: false), outcome);
        Assert.True(await fixture.Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Applies_an_event_however_old_it_is()
    {
        var session = await fixture.Sessions.SignInAsync(_subject, "the-sid-" + _subject);
        var subject = new SubjectIdentifier.Complex(
            _transmitter.User(_subject), new SubjectIdentifier.Opaque("the-sid-" + _subject));

        await ProcessAsync(_transmitter.Sign(
            _transmitter.SessionRevoked(subject, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(30))));

        Assert.True(await fixture.Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Kafka4_says_when_an_event_was_applied_before()
    {
        var set = _transmitter.Sign(Revoked());
        await ProcessAsync(set);

        Assert.True(Assert.IsType<EventOutcome.Applied>(await ProcessAsync(set)).Repeated);
    }

    [Fact]
    public async Task T22_refuses_a_bad_signature()
    {
        var session = await fixture.Sessions.SignInAsync(_subject);

        Assert.Equal("invalid_key", await PoisonAsync(_transmitter.Forge(Revoked())));
        Assert.True(await fixture.Sessions.IsAliveAsync(session));
    }

    [Fact]
    public async Task T22_refuses_a_tampered_payload()
    {
        var parts = _transmitter.Sign(Revoked()).Split('.');
        var others = _transmitter.Sign(_transmitter.SessionRevoked(_transmitter.User("somebody else"))).Split('.');

        Assert.NotNull(await PoisonAsync($"{parts[0]}.{others[1]}.{parts[2]}"));
    }

    [Fact]
    public async Task T22_refuses_another_audience()
    {
        var session = await fixture.Sessions.SignInAsync(_subject);

        Assert.Equal("invalid_audience", await PoisonAsync(
            _transmitter.Sign(Revoked() with { Audience = "urn:somebody:else" })));
        Assert.True(await fixture.Sessions.IsAliveAsync(session));
    }

    [Fact]
    public async Task T22_refuses_another_issuer()
    {
        Assert.Equal("invalid_issuer", await PoisonAsync(
            _transmitter.Sign(Revoked() with { Issuer = "https://idp.example.com" })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    [InlineData("e30.e30.")]
    public async Task Refuses_what_is_no_token(string text)
    {
        Assert.Equal("invalid_request", await PoisonAsync(text));
    }

    [Fact]
    public async Task Refuses_what_is_not_UTF_8()
    {
        var outcome = await fixture.Pipeline().ProcessAsync(new byte[] { 0xC3, 0x28 }, TimeProvider.System.GetUtcNow(), Door.Kafka, TestContext.Current.CancellationToken);

        Assert.Equal("invalid_request", Assert.IsType<EventOutcome.Poison>(outcome).Error);
    }

    [Fact]
    public async Task Records_an_event_that_has_no_action_here()
    {
        var session = await fixture.Sessions.SignInAsync(_subject);

        var outcome = await ProcessAsync(_transmitter.Sign(Revoked() with { EventType = Unknown }));

        Assert.IsType<EventOutcome.Recorded>(outcome);
        Assert.True(await fixture.Sessions.IsAliveAsync(session));
    }

    [Fact]
    public async Task An_event_that_our_own_code_stumbles_over_is_poison_and_holds_up_nobody()
    {
        var pipeline = fixture.Pipeline(new Stumbling());

        var outcome = await pipeline.ProcessAsync(
            Encoding.UTF8.GetBytes(_transmitter.Sign(Revoked())),
            TimeProvider.System.GetUtcNow(),
            Door.Kafka,
            TestContext.Current.CancellationToken);

        Assert.Equal("internal_error", Assert.IsType<EventOutcome.Poison>(outcome).Error);
    }

    private SecurityEventToken Revoked() => _transmitter.SessionRevoked(_transmitter.User(_subject));

    private Task<EventOutcome> ProcessAsync(string set) =>
        fixture.Pipeline().ProcessAsync(
            Encoding.UTF8.GetBytes(set), TimeProvider.System.GetUtcNow(), Door.Kafka, TestContext.Current.CancellationToken);

    private async Task<string> PoisonAsync(string set) =>
        Assert.IsType<EventOutcome.Poison>(await ProcessAsync(set)).Error;

    private sealed class Stumbling : IEventEffects
    {
        public Task<EventOutcome> ApplyAsync(EventCheck.Accepted accepted, CancellationToken cancellationToken) =>
            throw new InvalidCastException();
    }
}

using Platform.Caep.Events;
using Platform.Caep.Policy;
using Platform.Caep.Tests.Fixtures;
using Platform.Sessions;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Events;

public sealed class SubjectTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly string _user = Guid.NewGuid().ToString("N");
    private readonly string _sid = Guid.NewGuid().ToString("N");

    private SessionsOf Sessions => fixture.Sessions;

    [Fact]
    public async Task Ends_the_session_that_is_named_and_no_other()
    {
        var named = await Sessions.SignInAsync(_user, _sid);
        var other = await Sessions.SignInAsync(_user, "another" + _sid);

        var outcome = await ApplyAsync(new SubjectIdentifier.Complex(User(), new SubjectIdentifier.Opaque(_sid)));

        Assert.Equal(new EventOutcome.Applied(EventEffect.EndSession, Sessions: 1, Repeated: false), outcome);
        Assert.True(await Sessions.IsDeadAsync(named));
        Assert.True(await Sessions.IsAliveAsync(other));
    }

    [Fact]
    public async Task Ends_a_session_that_is_named_without_its_user()
    {
        var named = await Sessions.SignInAsync(_user, _sid);

        await ApplyAsync(new SubjectIdentifier.Complex(null, new SubjectIdentifier.Opaque(_sid)));

        Assert.True(await Sessions.IsDeadAsync(named));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_all_sessions_of_a_user(bool complex)
    {
        var one = await Sessions.SignInAsync(_user, _sid);
        var other = await Sessions.SignInAsync(_user);
        var somebody = await Sessions.SignInAsync("somebody" + _user);

        var outcome = await ApplyAsync(complex ? new SubjectIdentifier.Complex(User(), null) : User());

        Assert.Equal(new EventOutcome.Applied(EventEffect.EndSession, Sessions: 2, Repeated: false), outcome);
        Assert.True(await Sessions.IsDeadAsync(one));
        Assert.True(await Sessions.IsDeadAsync(other));
        Assert.True(await Sessions.IsAliveAsync(somebody));
    }

    [Fact]
    public async Task Kafka5_a_sign_in_in_flight_does_not_survive()
    {
        await ApplyAsync(new SubjectIdentifier.Complex(User(), new SubjectIdentifier.Opaque(_sid)));

        Assert.IsType<SessionCreation.Revoked>(await Sessions.TrySignInAsync(_user, _sid));
        Assert.IsType<SessionCreation.Created>(await Sessions.TrySignInAsync(_user, "another" + _sid));
    }

    [Fact]
    public async Task What_began_in_the_second_of_the_revocation_began_before_it()
    {
        // The event says :05, which is anything up to :05.999.
        var second = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) - TimeSpan.FromHours(1);
        await fixture.ProcessAsync(fixture.Transmitter.SessionRevoked(User(), second));

        Assert.IsType<SessionCreation.Revoked>(await SignInAsync(second + TimeSpan.FromMilliseconds(700)));
        Assert.IsType<SessionCreation.Created>(await SignInAsync(second + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Refuses_a_user_of_another_issuer()
    {
        Assert.Equal("access_denied", await RefusedAsync(
            new SubjectIdentifier.IssuerSubject("https://other.example.com", _user)));
    }

    [Fact]
    public async Task Refuses_a_session_of_a_user_of_another_issuer()
    {
        Assert.Equal("access_denied", await RefusedAsync(new SubjectIdentifier.Complex(
            new SubjectIdentifier.IssuerSubject("https://other.example.com", _user), new SubjectIdentifier.Opaque(_sid))));
    }

    [Fact]
    public async Task Refuses_subjects_that_name_nobody_here()
    {
        Assert.Equal("invalid_request", await RefusedAsync(new SubjectIdentifier.Opaque(_sid)));
        Assert.Equal("invalid_request", await RefusedAsync(new SubjectIdentifier.PhoneNumber("+41440000000")));
        Assert.Equal("invalid_request", await RefusedAsync(
            new SubjectIdentifier.Complex(null, null) { Device = new SubjectIdentifier.Opaque("laptop") }));
    }

    [Fact]
    public async Task X5_knows_people_by_an_address_that_they_signed_in_with()
    {
        var session = await Sessions.SignInAsync(_user, email: $"{_user}@example.com");
        var somebody = await Sessions.SignInAsync("somebody" + _user, email: "somebody@example.com");

        await ApplyAsync(new SubjectIdentifier.Email($"{_user.ToUpperInvariant()}@example.com"));

        Assert.True(await Sessions.IsDeadAsync(session));
        Assert.True(await Sessions.IsAliveAsync(somebody));
        Assert.IsType<EventOutcome.Recorded>(await ApplyAsync(new SubjectIdentifier.Email("nobody@example.com")));
    }

    [Fact]
    public async Task X5_an_address_of_two_subjects_means_both()
    {
        var one = await Sessions.SignInAsync(_user, email: $"{_user}@example.com");
        var other = await Sessions.SignInAsync("other" + _user, email: $"{_user}@example.com");

        var outcome = await ApplyAsync(new SubjectIdentifier.Email($"{_user}@example.com"));

        Assert.Equal(new EventOutcome.Applied(EventEffect.EndSession, Sessions: 2, Repeated: false), outcome);
        Assert.True(await Sessions.IsDeadAsync(one));
        Assert.True(await Sessions.IsDeadAsync(other));
    }

    [Fact]
    public async Task X5_goes_by_the_alias_that_it_understands()
    {
        var session = await Sessions.SignInAsync(_user);

        await ApplyAsync(new SubjectIdentifier.Aliases([new SubjectIdentifier.PhoneNumber("+41440000000"), User()]));

        Assert.True(await Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task X5_goes_on_to_the_next_alias_when_one_is_nobodys_here()
    {
        var session = await Sessions.SignInAsync(_user);

        await ApplyAsync(new SubjectIdentifier.Aliases([new SubjectIdentifier.Email("nobody@example.com"), User()]));

        Assert.True(await Sessions.IsDeadAsync(session));
    }

    private SubjectIdentifier User() => fixture.Transmitter.User(_user);

    private Task<EventOutcome> ApplyAsync(SubjectIdentifier subject) =>
        fixture.ProcessAsync(fixture.Transmitter.SessionRevoked(subject));

    private async Task<string> RefusedAsync(SubjectIdentifier subject) =>
        Assert.IsType<EventOutcome.Poison>(await ApplyAsync(subject)).Error;

    private Task<SessionCreation> SignInAsync(DateTimeOffset authenticatedAt) =>
        new SessionStore(fixture.Redis.Connection, TimeProvider.System).CreateAsync(
            new SessionRecord
            {
                Issuer = fixture.Transmitter.Issuer,
                Subject = _user,
                CreatedAt = TimeProvider.System.GetUtcNow(),
                AuthenticatedAt = authenticatedAt,
                ExpiresAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1),
            },
            new SessionTokens(),
            TestContext.Current.CancellationToken);
}

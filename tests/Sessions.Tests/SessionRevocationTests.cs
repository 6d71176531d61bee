namespace Platform.Sessions.Tests;

public sealed class SessionRevocationTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    [Fact]
    public async Task Ends_the_session_that_a_sid_names_and_no_other_of_the_user()
    {
        var record = sessions.Record();
        var named = await sessions.CreateAsync(record);
        var other = await sessions.CreateAsync(sessions.Record(record.Subject));

        var outcome = await sessions.RevokeAsync(sessionId: record.SessionId);

        Assert.Equal(new RevocationOutcome(Ended: 1, Repeated: false), outcome);
        Assert.Null(await sessions.FindAsync(named));
        Assert.NotNull(await sessions.FindAsync(other));
    }

    [Fact]
    public async Task Ends_all_sessions_of_a_subject_and_no_other_user_s()
    {
        var record = sessions.Record();
        string[] his = [await sessions.CreateAsync(record), await sessions.CreateAsync(sessions.Record(record.Subject))];
        var hers = await sessions.CreateAsync(sessions.Record());

        var outcome = await sessions.RevokeAsync(subject: record.Subject);

        Assert.Equal(2, outcome.Ended);
        Assert.Null(await sessions.FindAsync(his[0]));
        Assert.Null(await sessions.FindAsync(his[1]));
        Assert.NotNull(await sessions.FindAsync(hers));
    }

    [Fact]
    public async Task L10_ends_only_the_session_when_subject_and_session_are_named()
    {
        var record = sessions.Record();
        var named = await sessions.CreateAsync(record);
        var other = await sessions.CreateAsync(sessions.Record(record.Subject));

        await sessions.RevokeAsync(record.Subject, record.SessionId);

        Assert.Null(await sessions.FindAsync(named));
        Assert.NotNull(await sessions.FindAsync(other));
    }

    [Fact]
    public async Task Refuses_to_guess_whom_it_means() =>
        await Assert.ThrowsAsync<ArgumentException>(() => sessions.RevokeAsync());

    [Fact]
    public async Task Does_nothing_new_when_an_event_comes_again()
    {
        var record = sessions.Record();
        await sessions.CreateAsync(record);

        await sessions.RevokeAsync(subject: record.Subject, eventId: "the-event");
        sessions.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await sessions.CreateAsync(
            sessions.Record(record.Subject) with { AuthenticatedAt = sessions.Clock.GetUtcNow() });
        var repeated = await sessions.RevokeAsync(subject: record.Subject, eventId: "the-event");

        Assert.Equal(new RevocationOutcome(Ended: 1, Repeated: true), repeated);
        Assert.NotNull(await sessions.FindAsync(later));
    }

    [Fact]
    public async Task Refuses_a_sign_in_of_a_revoked_sid_that_was_in_flight()
    {
        var record = sessions.Record();
        await sessions.RevokeAsync(sessionId: record.SessionId);

        Assert.IsType<SessionCreation.Revoked>(await sessions.Store.CreateAsync(record, sessions.Tokens(), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await sessions.RevokeAsync(subject: record.Subject)).Ended);
    }

    [Fact]
    public async Task Refuses_a_sign_in_of_a_revoked_subject_that_was_in_flight()
    {
        var record = sessions.Record();
        await sessions.RevokeAsync(subject: record.Subject);

        Assert.IsType<SessionCreation.Revoked>(await sessions.Store.CreateAsync(record, sessions.Tokens(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Counts_an_authentication_in_the_very_second_of_the_revocation_as_before()
    {
        var record = sessions.Record() with { AuthenticatedAt = sessions.Clock.GetUtcNow() };
        await sessions.RevokeAsync(subject: record.Subject, occurredAt: record.AuthenticatedAt);

        Assert.IsType<SessionCreation.Revoked>(await sessions.Store.CreateAsync(record, sessions.Tokens(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Lets_the_user_sign_in_after_the_revocation()
    {
        var record = sessions.Record();
        await sessions.RevokeAsync(subject: record.Subject, occurredAt: record.AuthenticatedAt - TimeSpan.FromSeconds(1));

        Assert.NotNull(await sessions.FindAsync(await sessions.CreateAsync(record)));
    }

    [Fact]
    public async Task Keeps_a_sign_in_that_was_later_than_a_late_event()
    {
        var record = sessions.Record();
        var later = await sessions.CreateAsync(record);

        var outcome = await sessions.RevokeAsync(
            subject: record.Subject, occurredAt: record.AuthenticatedAt - TimeSpan.FromSeconds(1));

        Assert.Equal(0, outcome.Ended);
        Assert.NotNull(await sessions.FindAsync(later));
    }

    [Fact]
    public async Task Does_not_move_not_before_back_when_events_come_out_of_order()
    {
        var record = sessions.Record();
        await sessions.RevokeAsync(subject: record.Subject, occurredAt: record.AuthenticatedAt);
        await sessions.RevokeAsync(subject: record.Subject, occurredAt: record.AuthenticatedAt - TimeSpan.FromHours(1));

        Assert.IsType<SessionCreation.Revoked>(await sessions.Store.CreateAsync(record, sessions.Tokens(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Does_not_shut_the_user_out_when_the_issuer_s_clock_runs_ahead()
    {
        var record = sessions.Record();
        await sessions.RevokeAsync(subject: record.Subject, occurredAt: sessions.Clock.GetUtcNow() + TimeSpan.FromHours(5));
        sessions.Clock.Advance(TimeSpan.FromSeconds(2));

        await sessions.CreateAsync(record with { AuthenticatedAt = sessions.Clock.GetUtcNow() });
    }

    [Fact]
    public async Task Does_not_mistake_a_session_of_another_issuer()
    {
        var record = sessions.Record() with { Issuer = "https://elsewhere.example" };
        var handle = await sessions.CreateAsync(record);

        await sessions.RevokeAsync(subject: record.Subject);
        await sessions.RevokeAsync(sessionId: record.SessionId);

        Assert.NotNull(await sessions.FindAsync(handle));
    }

    [Fact]
    public async Task Wins_over_every_creation_that_runs_at_the_same_time()
    {
        var record = sessions.Record();
        var creations = Enumerable.Range(0, 200)
            .Select(_ => sessions.Store.CreateAsync(record, sessions.Tokens(), TestContext.Current.CancellationToken)).ToList();
        var revocation = sessions.RevokeAsync(subject: record.Subject);

        var created = (await Task.WhenAll(creations)).OfType<SessionCreation.Created>();
        await revocation;

        foreach (var session in created)
        {
            Assert.Null(await sessions.FindAsync(session.Handle));
        }
    }
}

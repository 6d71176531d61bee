using System.Diagnostics;
using StackExchange.Redis;

namespace Platform.Sessions.Tests;

public sealed class SessionEndingsTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Hears_of_a_revocation_over_another_connection()
    {
        var record = sessions.Record();
        var handle = await sessions.CreateAsync(record);
        using var elsewhere = await ConnectAsync(sessions);
        await using var endings = new SessionEndings(elsewhere);
        var ended = new TaskCompletionSource();
        using var waiting = endings.OnEnded(SessionStore.KeyOf(handle), ended.SetResult);

        await sessions.RevokeAsync(subject: record.Subject);

        await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Continues_the_trace_of_whoever_ended_the_session()
    {
        using var source = new ActivitySource("Revocation.Test");
        var seen = new TaskCompletionSource<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "Revocation.Test" or "Platform.Sessions",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var revocation = source.StartActivity("revocation")!;
        listener.ActivityStopped = activity =>
        {
            if (activity.OperationName is "sessions ended" && activity.TraceId == revocation.TraceId)
            {
                seen.TrySetResult(activity);
            }
        };
        var record = sessions.Record();
        var handle = await sessions.CreateAsync(record);
        await using var endings = new SessionEndings(sessions.Redis);
        using var waiting = endings.OnEnded(SessionStore.KeyOf(handle), () => { });

        await sessions.RevokeAsync(sessionId: record.SessionId);

        var span = await seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(ActivityKind.Consumer, span.Kind);
        Assert.Equal(revocation.SpanId, span.ParentSpanId);
    }

    [Fact]
    public async Task Hears_of_a_sign_out()
    {
        var handle = await sessions.CreateAsync(sessions.Record());
        await using var endings = new SessionEndings(sessions.Redis);
        var ended = new TaskCompletionSource();
        using var waiting = endings.OnEnded(SessionStore.KeyOf(handle), ended.SetResult);

        await sessions.EndAsync(handle);

        await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tells_everyone_who_waits_for_the_session_and_nobody_else()
    {
        var record = sessions.Record();
        var key = SessionStore.KeyOf(await sessions.CreateAsync(record));
        var other = SessionStore.KeyOf(await sessions.CreateAsync(sessions.Record()));
        await using var endings = new SessionEndings(sessions.Redis);
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        var wrong = false;
        using var a = endings.OnEnded(key, first.SetResult);
        using var b = endings.OnEnded(key, second.SetResult);
        using var c = endings.OnEnded(other, () => wrong = true);
        endings.OnEnded(key, () => wrong = true).Dispose();

        await sessions.RevokeAsync(sessionId: record.SessionId);

        await Task.WhenAll(first.Task, second.Task).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.False(wrong);
    }

    [Fact]
    public async Task Hears_of_a_repeated_event_again_because_the_first_publication_may_have_been_lost()
    {
        var record = sessions.Record();
        var key = SessionStore.KeyOf(await sessions.CreateAsync(record));
        await sessions.RevokeAsync(sessionId: record.SessionId, eventId: "published-by-nobody");
        await using var endings = new SessionEndings(sessions.Redis);
        var ended = new TaskCompletionSource();
        using var waiting = endings.OnEnded(key, ended.SetResult);

        await sessions.RevokeAsync(sessionId: record.SessionId, eventId: "published-by-nobody");

        await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Finds_out_after_a_broken_connection_what_ended_meanwhile()
    {
        using var own = new SessionsFixture();
        var gone = SessionStore.KeyOf(await own.CreateAsync(own.Record()));
        var kept = SessionStore.KeyOf(await own.CreateAsync(own.Record()));
        using var elsewhere = await ConnectAsync(own, ",allowAdmin=true");
        await using var endings = new SessionEndings(elsewhere);
        var ended = new TaskCompletionSource();
        var wrong = false;
        using var a = endings.OnEnded(gone, ended.SetResult);
        using var b = endings.OnEnded(kept, () => wrong = true);

        // Deleted without a publication, as one that was lost would look; then the subscription's connection breaks.
        await own.Redis.GetDatabase().KeyDeleteAsync(SessionKeys.Session(gone));
        await own.Redis.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub", "SKIPME", "yes");

        await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.False(wrong);
    }

    [Fact]
    public async Task Hears_again_after_a_broken_connection()
    {
        using var own = new SessionsFixture();
        var record = own.Record();
        var first = SessionStore.KeyOf(await own.CreateAsync(own.Record()));
        var second = SessionStore.KeyOf(await own.CreateAsync(record));
        using var elsewhere = await ConnectAsync(own);
        await using var endings = new SessionEndings(elsewhere);
        var restored = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        using var a = endings.OnEnded(first, restored.SetResult);
        using var b = endings.OnEnded(second, ended.SetResult);
        await own.Redis.GetDatabase().KeyDeleteAsync(SessionKeys.Session(first));
        await own.Redis.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub", "SKIPME", "yes");
        await restored.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await own.RevokeAsync(subject: record.Subject);

        await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Finds_out_what_a_restart_of_Redis_ended()
    {
        using var own = new SessionsFixture();
        var key = SessionStore.KeyOf(await own.CreateAsync(own.Record()));
        using var elsewhere = await ConnectAsync(own, ",abortConnect=false");
        await using var endings = new SessionEndings(elsewhere);
        var ended = new TaskCompletionSource();
        using var waiting = endings.OnEnded(key, ended.SetResult);

        own.RestartRedis();

        await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    // Subscribing waits for its answer: on a busy machine longer than the client's patience of a second.
    private static Task<ConnectionMultiplexer> ConnectAsync(SessionsFixture redis, string options = "") =>
        ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},syncTimeout=10000{options}");
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Platform.Sessions.Tests.Lookup;

namespace Platform.Sessions.Tests;

public sealed class SessionsTelemetryTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    [Fact]
    public async Task Measures_the_time_from_a_revocation_to_this_process_s_knowing_of_it()
    {
        var delays = new ConcurrentQueue<double>();
        using var listener = Listen("platform.sessions.ending_delay");
        listener.SetMeasurementEventCallback<double>((_, delay, _, _) => delays.Enqueue(delay));
        listener.Start();
        await using var endings = new SessionEndings(sessions.Redis, sessions.Clock);
        var told = new TaskCompletionSource();
        var record = sessions.Record();
        using var waiting = endings.OnEnded(SessionStore.KeyOf(await sessions.CreateAsync(record)), told.SetResult);

        await sessions.RevokeAsync(record.Subject, occurredAt: sessions.Clock.GetUtcNow() - TimeSpan.FromSeconds(7));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Contains(7.0, delays);
    }

    [Fact]
    public async Task Counts_the_sessions_that_a_process_remembers()
    {
        var counts = new ConcurrentQueue<int>();
        using var listener = Listen("platform.sessions.active");
        listener.SetMeasurementEventCallback<int>((_, count, _, _) => counts.Enqueue(count));
        listener.Start();
        await using var process = new LookupFixture(sessions);
        await process.Sequence.ConfirmAsync();
        for (var session = 0; session < 17; session++)
        {
            await process.FindAsync(await sessions.CreateAsync(sessions.Record()));
        }

        listener.RecordObservableInstruments();

        Assert.Contains(17, counts);
    }

    private static MeterListener Listen(string name) => new()
    {
        InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        },
    };
}

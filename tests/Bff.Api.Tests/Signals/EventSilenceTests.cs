using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Bff.Signals;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.Signals;

public sealed class EventSilenceTests : IDisposable
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly ManualClock _clock = new();
    private readonly CapturedLogs _logs = new();
    private readonly LoggerFactory _loggers;

    public EventSilenceTests() => _loggers = new([_logs]);

    private DateTimeOffset Now => _clock.GetUtcNow();

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void Threat24_who_says_nothing_for_too_long_is_silent_until_the_next_word()
    {
        using var silence = New();
        silence.Hear(Now);
        var said = Now;

        Listen(silence, said, SilentAfter);
        Assert.False(silence.IsSilent);
        Listen(silence, said, Moment);
        Assert.True(silence.IsSilent);
        Assert.Single(_logs.Lines, line => line.StartsWith("Warning: Security events have not been applied for 00:01:02", StringComparison.Ordinal));

        silence.Hear(Now);
        Assert.False(silence.IsSilent);
        Assert.Single(_logs.Lines, line => line.StartsWith("Information: Security events are applied again.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Threat24_a_clock_that_is_wrong_says_something_all_the_same(int hours)
    {
        using var silence = New();
        for (var word = 0; word < 100; word++)
        {
            silence.Hear(Now.AddHours(hours));
            _clock.Advance(Moment);
        }

        Assert.False(silence.IsSilent);
    }

    [Fact]
    public void Threat24_a_replica_that_starts_during_the_silence_finds_it()
    {
        using var silence = New();

        silence.Hear(Now - SilentAfter - Moment);

        Assert.True(silence.IsSilent);
    }

    [Fact]
    public void Threat24_nobody_is_missed_who_never_was()
    {
        using var silence = New();

        Listen(silence, said: null, TimeSpan.FromHours(1));

        Assert.False(silence.IsSilent);
    }

    [Fact]
    public void Threat24_somebody_who_is_required_has_as_long_to_start()
    {
        using var silence = New(required: true);

        Listen(silence, said: null, SilentAfter);
        Assert.False(silence.IsSilent);
        Listen(silence, said: null, Moment);
        Assert.True(silence.IsSilent);

        silence.Hear(Now);
        Assert.False(silence.IsSilent);
    }

    [Fact]
    public void Threat24_a_word_that_is_lost_is_not_one_that_never_was()
    {
        using var silence = New();
        silence.Hear(Now);

        Listen(silence, said: null, SilentAfter + Moment);

        Assert.True(silence.IsSilent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threat24_while_nothing_can_be_heard_it_stays_as_it_is(bool silent)
    {
        using var silence = New();
        var said = Now - (silent ? SilentAfter + Moment : TimeSpan.Zero);
        silence.Hear(said);

        for (var word = 0; word < 100; word++)
        {
            _clock.Advance(Moment);
            silence.HearNothing();
        }

        Assert.Equal(silent, silence.IsSilent);
        silence.Hear(said);
        Assert.Equal(silent, silence.IsSilent);
        Listen(silence, said, SilentAfter + Moment);
        Assert.True(silence.IsSilent);
    }

    [Fact]
    public void Threat24_the_gauge_says_it()
    {
        var values = new List<int>();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => values.Add(value));
        listener.Start();

        // Not those of other tests.
        var thread = Environment.CurrentManagedThreadId;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "platform.bff.events_silent" && Environment.CurrentManagedThreadId == thread)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        using var silence = New();

        silence.Hear(Now);
        listener.RecordObservableInstruments();
        Listen(silence, said: null, SilentAfter + Moment);
        listener.RecordObservableInstruments();
        silence.Hear(Now);
        listener.RecordObservableInstruments();

        Assert.Equal([0, 1, 0], values);
    }

    private EventSilence New(bool required = false) => new(
        Options.Create(new EventsOptions { Required = required, SilentAfter = SilentAfter }), _clock, _loggers.CreateLogger<EventSilence>());

    private void Listen(EventSilence silence, DateTimeOffset? said, TimeSpan time)
    {
        silence.Hear(said);
        for (var until = Now + time; Now < until;)
        {
            _clock.Advance(Moment);
            silence.Hear(said);
        }
    }
}

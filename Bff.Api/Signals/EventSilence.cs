using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Platform.Bff.Signals;

/// <summary>
/// Whether security events have stopped to arrive. Whoever applies them says so all the time; it counts that they speak, not what
/// their clock says, and no time counts in which they could not be heard.
/// </summary>
internal sealed partial class EventSilence : IDisposable
{
    private readonly EventsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    // Its own, so that the gauge ends with the replica.
    private readonly Meter _meter = new(BffTelemetry.Name);

    private DateTimeOffset? _said;
    private long? _listenedAt;
    private TimeSpan _silence;
    private volatile bool _isSilent;

    public EventSilence(IOptions<EventsOptions> options, TimeProvider clock, ILogger<EventSilence> logger)
    {
        (_options, _clock, _logger) = (options.Value, clock, logger);
        _meter.CreateObservableGauge(
            "platform.bff.events_silent", () => _isSilent ? 1 : 0, description: "1 while security events do not arrive.");
    }

    /// <summary>For the path of every call.</summary>
    public bool IsSilent => _isSilent;

    /// <param name="said">What was said last; null where nothing ever was. For one thread only.</param>
    public void Hear(DateTimeOffset? said)
    {
        var (now, before) = (_clock.GetTimestamp(), _listenedAt);
        _listenedAt = now;
        if (said is not null && said != _said)
        {
            // What is found at first may be old: this replica can be younger than the silence.
            _silence = _said is null && _clock.GetUtcNow() - said.Value is { Ticks: > 0 } age ? age : TimeSpan.Zero;
            _said = said;
        }
        else if (before is { } then && (_said is not null || _options.Required))
        {
            _silence += _clock.GetElapsedTime(then, now);
        }

        Turn(_silence > _options.SilentAfter);
    }

    /// <summary>Redis is away: nobody knows whether they speak, and it stays as it is.</summary>
    public void HearNothing() => _listenedAt = null;

    public void Dispose() => _meter.Dispose();

    private void Turn(bool isSilent)
    {
        if (isSilent == _isSilent)
        {
            return;
        }

        _isSilent = isSilent;
        if (isSilent)
        {
            LogBegan(_silence, _options.ConfirmEvery);
        }
        else
        {
            LogEnded();
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Security events have not been applied for {Silence}: sessions are refreshed at their provider at least every {ConfirmEvery}, " +
        "or need a new sign-in. The health of Caep.Consumer says why, if it runs.")]
    private partial void LogBegan(TimeSpan silence, TimeSpan confirmEvery);

    [LoggerMessage(LogLevel.Information, "Security events are applied again.")]
    private partial void LogEnded();
}

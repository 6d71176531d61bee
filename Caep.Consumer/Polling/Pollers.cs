using Platform.Caep.Events;
using Platform.Caep.Transmitters;

namespace Platform.Caep.Polling;

/// <summary>Polls each transmitter that is to be polled, independently of the others.</summary>
internal sealed class Pollers(
    TrustedTransmitters transmitters, EventPipeline pipeline, TimeProvider clock, ILogger<StreamPoller> logger) : BackgroundService
{
    // Without the limits and repetitions of the other clients: a poll waits for as long as it is told, and is not sent twice.
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(transmitters.All.Where(transmitter => transmitter.Poll is not null).Select(Create).Select(poller => poller.RunAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. What was applied and not yet acknowledged comes again, which does no harm.
        }
    }

    private StreamPoller Create(TrustedTransmitter transmitter)
    {
        var calls = new TransmitterCalls(_http, new PollTokens(_http, transmitter.Poll!, clock), clock);
        return new(transmitter, new PolledStream(transmitter, calls), calls, pipeline, clock, logger);
    }
}

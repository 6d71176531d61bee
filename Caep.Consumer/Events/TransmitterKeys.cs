using Platform.Tokens.Discovery;

namespace Platform.Caep.Events;

/// <summary>Fetches the transmitter's keys at start, so that the first event does not wait for them.</summary>
internal sealed partial class TransmitterKeys(ProviderClient transmitter, ILogger<TransmitterKeys> logger) : BackgroundService
{
    /// <summary>What operators are told that events wait for.</summary>
    public const string Name = "transmitter keys";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await transmitter.GetKeysAsync(stoppingToken);
        }
        catch (ProviderUnavailableException away)
        {
            LogAway(away.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The transmitter's keys are not there yet; events wait for them. {Reason}")]
    private partial void LogAway(string reason);
}

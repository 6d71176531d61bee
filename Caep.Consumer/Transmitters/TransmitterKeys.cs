using Platform.Tokens.Discovery;

namespace Platform.Caep.Transmitters;

/// <summary>Fetches the transmitters' keys at start, so that the first event does not wait for them.</summary>
internal sealed partial class TransmitterKeys(TrustedTransmitters transmitters, ILogger<TransmitterKeys> logger) : BackgroundService
{
    /// <summary>What operators are told that events wait for.</summary>
    public const string Name = "transmitter keys";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(transmitters.All.Select(transmitter => FetchAsync(transmitter, stoppingToken)));

    private async Task FetchAsync(TrustedTransmitter transmitter, CancellationToken stoppingToken)
    {
        try
        {
            await transmitter.Keys.GetAsync(stoppingToken);
        }
        catch (ProviderUnavailableException away)
        {
            LogAway(transmitter.Name, away.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys of the transmitter {Name} are not there yet; its events wait for them. {Reason}")]
    private partial void LogAway(string name, string reason);
}

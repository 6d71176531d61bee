using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Credentials;

/// <summary>Takes events of changed credentials to the outbox that a process left in a file when it ended, or Redis went away.</summary>
internal sealed partial class CredentialRecovery(
    CredentialStore store, CredentialEvents events, TimeProvider clock, ILogger<CredentialRecovery> logger)
    : EventWorker(new WorkSignal(), clock, logger)
{
    protected override async Task<bool> TryWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var subject in await events.NotedAsync())
            {
                await TellAsync(subject, cancellationToken);
            }

            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            LogWaiting(away.Message);
            return false;
        }
    }

    // One broken file holds up nobody else's events.
    private async Task TellAsync(string subject, CancellationToken cancellationToken)
    {
        try
        {
            await store.TellAsync(subject, cancellationToken);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            LogBroken(subject, broken.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The file of {Subject}'s credentials cannot be read, and its events are not told: {Fault}")]
    private partial void LogBroken(string subject, string fault);

    [LoggerMessage(LogLevel.Warning, "Events of changed credentials wait: {Reason}")]
    private partial void LogWaiting(string reason);
}

using StackExchange.Redis;

namespace Platform.IdP.Credentials;

/// <summary>Takes events of changed credentials to the outbox that a process left in a file when it ended, or Redis went away.</summary>
internal sealed partial class CredentialRecovery(
    CredentialStore store, CredentialEvents events, TimeProvider clock, ILogger<CredentialRecovery> logger)
    : EventWorker(new WorkSignal(), clock)
{
    protected override async Task<bool> TryWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var subject in await events.NotedAsync())
            {
                await store.TellAsync(subject, cancellationToken);
            }

            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException or IOException)
        {
            LogWaiting(away.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Events of changed credentials wait: {Reason}")]
    private partial void LogWaiting(string reason);
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Pages;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Registration;

/// <summary>
/// Registers when the service starts, and goes on trying while provider or Redis are away. What is refused does not stop the
/// service, which would help nobody: it runs degraded, and says why.
/// </summary>
internal sealed partial class RegistrationAtStart(
    ClientRegistration registration, IOptions<OidcOptions> oidc, TimeProvider clock, ILogger<RegistrationAtStart> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    private volatile RegistrationOutcome? _outcome;

    /// <summary>What became of it; null before the first attempt has ended.</summary>
    public RegistrationOutcome? Outcome => _outcome;

    /// <summary>Why there is no registration although there should be one.</summary>
    public string? Fault => _outcome switch
    {
        RegistrationOutcome.Refused refused => refused.Reason,
        RegistrationOutcome.Unavailable away => away.Reason,
        _ => null,
    };

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Fault is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await TryAsync(stoppingToken) is RegistrationOutcome.Unavailable)
            {
                await Task.Delay(BetweenAttempts, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<RegistrationOutcome> TryAsync(CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(cancellationToken);
        _outcome = outcome;
        Tell(outcome);
        return outcome;
    }

    private async Task<RegistrationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await registration.RunAsync(cancellationToken);
        }
        catch (ProviderUnavailableException away)
        {
            return new RegistrationOutcome.Unavailable(away.Message);
        }
        catch (Exception away) when (StoreAwayHandler.IsStoreAway(away))
        {
            return new RegistrationOutcome.Unavailable($"Redis does not answer: {away.Message}");
        }
    }

    private void Tell(RegistrationOutcome outcome)
    {
        switch (outcome)
        {
            case RegistrationOutcome.Registered:
                LogRegistered(oidc.Value.ClientId);
                break;
            case RegistrationOutcome.Current:
                LogCurrent(oidc.Value.ClientId);
                break;
            case RegistrationOutcome.Refused refused:
                LogRefused(oidc.Value.ClientId, refused.Reason);
                break;
            case RegistrationOutcome.Unavailable away:
                LogUnavailable(oidc.Value.ClientId, away.Reason);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "Client registered: {ClientId}")]
    private partial void LogRegistered(string clientId);

    [LoggerMessage(LogLevel.Information, "The registration of {ClientId} is as it should be.")]
    private partial void LogCurrent(string clientId);

    [LoggerMessage(LogLevel.Error, "The client {ClientId} was not registered: {Reason}")]
    private partial void LogRefused(string clientId, string reason);

    [LoggerMessage(LogLevel.Warning, "The client {ClientId} is not registered yet: {Reason}")]
    private partial void LogUnavailable(string clientId, string reason);
}

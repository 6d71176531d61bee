using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.Bff.Provider;
using Platform.Sessions;
using Platform.Sessions.Sealed;

namespace Platform.Bff.Operations;

/// <summary>The state of the replica that answers, for those who may see it; for everybody else there is no such address.</summary>
internal sealed partial class DiagnosticsEndpoint(
    DiagnosticsAccess access, IOptions<SessionsOptions> sessions, IOptions<SessionModeOptions> mode, OpenIdProviders providers,
    ProviderViews views, SurroundingsViews surroundings, HealthCheckService health, TimeProvider clock, ILogger<DiagnosticsEndpoint> logger)
{
    private static readonly string Version =
        typeof(DiagnosticsEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public async Task<IResult> Show(HttpContext http, CancellationToken cancellationToken)
    {
        if (await access.CallerAsync(http, cancellationToken) is not { } caller)
        {
            return TypedResults.NotFound();
        }

        LogShown(caller);
        var report = await health.CheckHealthAsync(cancellationToken);
        return TypedResults.Ok(new DiagnosticsView(
            Version,
            RuntimeInformation.FrameworkDescription,
            _startedAt,
            clock.GetUtcNow(),
            report.Status.ToString(),
            [.. report.Entries.Select(entry => new CheckView(entry.Key, entry.Value.Status.ToString(), entry.Value.Description))],
            new(mode.Value.Mode, sessions.Value.IdleLifetime, sessions.Value.LongestLifetime, sessions.Value.MostInMemory),
            await surroundings.EventsAsync(cancellationToken),
            surroundings.Registration(),
            await Task.WhenAll(providers.All.Select(provider => views.OfAsync(provider, cancellationToken)))));
    }

    [LoggerMessage(LogLevel.Information, "The diagnostics were shown to {Caller}.")]
    private partial void LogShown(string caller);
}

using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.Bff.Provider;
using Platform.Bff.Session;
using Platform.Sessions;
using Platform.Sessions.Sealed;

namespace Platform.Bff.Operations;

/// <summary>The state of the replica that answers, for administrators; for everybody else there is no such address.</summary>
internal sealed partial class DiagnosticsEndpoint(
    CurrentSession current, IOptions<DiagnosticsOptions> options, IOptions<SessionsOptions> sessions, IOptions<SessionModeOptions> mode,
    OpenIdProviders providers, HealthCheckService health, TimeProvider clock, ILogger<DiagnosticsEndpoint> logger)
{
    private static readonly string Version =
        typeof(DiagnosticsEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public async Task<IResult> Show(HttpContext http, CancellationToken cancellationToken)
    {
        if (await current.FindAsync(http, isUse: true, cancellationToken) is not { } session || !IsAdministrator(session.Record))
        {
            return TypedResults.NotFound();
        }

        LogShown(session.Record.Subject);
        var report = await health.CheckHealthAsync(cancellationToken);
        return TypedResults.Ok(new DiagnosticsView(
            Version,
            RuntimeInformation.FrameworkDescription,
            _startedAt,
            report.Status.ToString(),
            [.. report.Entries.Select(entry => new CheckView(entry.Key, entry.Value.Status.ToString(), entry.Value.Description))],
            new(mode.Value.Mode, sessions.Value.IdleLifetime, sessions.Value.LongestLifetime, sessions.Value.MostInMemory),
            await Task.WhenAll(providers.All.Select(provider => ViewAsync(provider, cancellationToken)))));
    }

    private bool IsAdministrator(SessionRecord record) =>
        options.Value is { Claim: { Length: > 0 } claim, Value: { Length: > 0 } value } &&
        record.Claims?.TryGetValue(claim, out var values) is true && values.Contains(value, StringComparer.Ordinal);

    private static async Task<ProviderView> ViewAsync(OpenIdProvider provider, CancellationToken cancellationToken)
    {
        var oidc = provider.Options;
        return new ProviderView(
            provider.Name, provider.Issuer, oidc.ClientId, oidc.TokenAuthMethod, oidc.PushedAuthorization, oidc.Pkce, oidc.SignedResponse,
            oidc.ResponseIssuer, oidc.DPoP, await EndpointsAsync(provider, cancellationToken));
    }

    // Null when it is away; the checks say why.
    private static async Task<EndpointsView?> EndpointsAsync(OpenIdProvider provider, CancellationToken cancellationToken) =>
        await ProviderReach.OfAsync(provider, cancellationToken) is { Metadata: { } metadata }
            ? new EndpointsView(
                metadata.AuthorizationEndpoint, metadata.TokenEndpoint, metadata.JwksUri, metadata.PushedAuthorizationRequestEndpoint,
                metadata.EndSessionEndpoint, metadata.RevocationEndpoint)
            : null;

    [LoggerMessage(LogLevel.Information, "The diagnostics were shown to {Subject}.")]
    private partial void LogShown(string subject);
}

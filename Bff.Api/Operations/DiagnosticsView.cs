namespace Platform.Bff.Operations;

/// <summary>What an administrator sees. Each member is chosen: nothing of the configuration is here unless it is named.</summary>
internal sealed record DiagnosticsView(
    string Version, string Runtime, DateTimeOffset StartedAt, string Health, IReadOnlyList<CheckView> Checks, SessionsView Sessions,
    IReadOnlyList<ProviderView> Providers);

internal sealed record CheckView(string Name, string Status, string? Reason);

internal sealed record SessionsView(string Mode, TimeSpan IdleLifetime, TimeSpan LongestLifetime, int MostInMemory);

/// <param name="Endpoints">Of its metadata; null while that cannot be had.</param>
internal sealed record ProviderView(
    string Name, string Issuer, string ClientId, string TokenAuthMethod, bool PushedAuthorization, bool Pkce, bool SignedResponse,
    bool ResponseIssuer, bool DPoP, EndpointsView? Endpoints);

internal sealed record EndpointsView(Uri Authorization, Uri Token, Uri Keys, Uri? PushedAuthorization, Uri? EndSession, Uri? Revocation);

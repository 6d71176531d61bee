using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Bff.Operations;

/// <summary>What an administrator sees. Each member is chosen: nothing of the configuration is here unless it is named.</summary>
/// <param name="Now">Of the replica's clock.</param>
internal sealed record DiagnosticsView(
    string Version, string Runtime, DateTimeOffset StartedAt, DateTimeOffset Now, string Health, IReadOnlyList<CheckView> Checks,
    SessionsView Sessions, EventsView Events, RegistrationView Registration, IReadOnlyList<ProviderView> Providers);

internal sealed record CheckView(string Name, string Status, string? Reason);

internal sealed record SessionsView(string Mode, TimeSpan IdleLifetime, TimeSpan LongestLifetime, int MostInMemory);

/// <param name="AppliedUntil">What a consumer said last; null where none ever did, or Redis is away.</param>
internal sealed record EventsView(bool Required, bool Silent, DateTimeOffset? AppliedUntil);

/// <param name="HasInitialAccessToken">Whether a permission to register is in the configuration, used up or not.</param>
/// <param name="State">What became of it at the start.</param>
internal sealed record RegistrationView(bool HasInitialAccessToken, string? Profile, bool ForceReplace, string State, string? Reason);

/// <param name="RedirectUris">Those that sign-ins come back to.</param>
/// <param name="Algorithms">What its tokens may be signed with.</param>
/// <param name="Keys">Those that client assertions are verified by; null when Redis is away and they are not known.</param>
/// <param name="Client">How the client should be registered there, in the words of RFC 7591.</param>
/// <param name="Endpoints">Of its metadata, with what the configuration says instead; null while that cannot be had.</param>
/// <param name="Metadata">As it is published.</param>
/// <param name="MetadataFault">Why it cannot be had.</param>
/// <param name="Lacks">What it does not offer although the configuration relies on it.</param>
internal sealed record ProviderView(
    string Name, string Issuer, string ClientId, string TokenAuthMethod, bool PushedAuthorization, bool Pkce, bool SignedResponse,
    bool ResponseIssuer, bool DPoP, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> Algorithms,
    IReadOnlyList<KeyView>? Keys, JsonObject Client, EndpointsView? Endpoints, JsonElement? Metadata, string? MetadataFault, string? Lacks);

/// <param name="Signs">Whether it is the one that signs now.</param>
internal sealed record KeyView(string? KeyId, string KeyType, string? Algorithm, string Thumbprint, bool Signs);

internal sealed record EndpointsView(Uri Authorization, Uri Token, Uri Keys, Uri? PushedAuthorization, Uri? EndSession, Uri? Revocation);

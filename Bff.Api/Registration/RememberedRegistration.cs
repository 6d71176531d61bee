using System.Text.Json.Serialization;

namespace Platform.Bff.Registration;

/// <summary>What all replicas know of a registration that was made.</summary>
/// <param name="MetadataHash">What was registered.</param>
/// <param name="InitialAccessTokenHash">Which permission was used up for it.</param>
/// <param name="ClientUri">Where the client changes its registration (RFC 7592); null when the provider has no such place.</param>
/// <param name="AccessToken">The token for that.</param>
internal sealed record RememberedRegistration(
    string MetadataHash, string InitialAccessTokenHash, string? ClientUri, string? AccessToken);

[JsonSerializable(typeof(RememberedRegistration))]
internal sealed partial class RegistrationJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Platform.IdP.Consents;

/// <summary>What a person allowed a client, remembered so that she is not asked again.</summary>
internal sealed record Consent
{
    public required string ClientId { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Single claims that were asked for by name (OpenID Connect Core section 5.5).</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    public required DateTimeOffset GivenAt { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Consent))]
internal sealed partial class ConsentJson : JsonSerializerContext;

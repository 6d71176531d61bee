using System.Text.Json.Serialization;

namespace Platform.IdP.CrossDevice;

/// <summary>
/// What a client asks for while the person decides on another device (RFC 8628, OpenID Connect CIBA); the client polls.
/// </summary>
internal sealed record CrossDeviceRequest
{
    /// <summary>Hash of the device_code or auth_req_id; no secret.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Whom the client means (CIBA); null: whoever enters the code.</summary>
    public string? Subject { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public IReadOnlyList<string> Resources { get; init; } = [];

    public string? AuthorizationDetails { get; init; }

    /// <summary>The claims parameter, a JSON object.</summary>
    public string? Claims { get; init; }

    /// <summary>What device and person compare: the user_code, or the binding_message.</summary>
    public string? ToCompare { get; init; }

    public IReadOnlyList<string> AuthenticationClasses { get; init; } = [];

    /// <summary>CIBA ping mode: whom to tell of the decision.</summary>
    public PingTarget? Ping { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? Trace { get; init; }
}

/// <summary>
/// What a notification of CIBA's ping mode is made of. Both cannot be hashed, as they are sent; a token still takes the
/// client's own authentication.
/// </summary>
internal sealed record PingTarget(string AuthReqId, string Token);

/// <summary>What the person decided.</summary>
/// <param name="Grant">Null: denied.</param>
internal sealed record CrossDeviceDecision(AuthorizationGrant? Grant);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CrossDeviceRequest))]
[JsonSerializable(typeof(CrossDeviceDecision))]
internal sealed partial class CrossDeviceJson : JsonSerializerContext;

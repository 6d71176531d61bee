using Platform.Tokens.Jose;

namespace Platform.IdP.JwtBearer;

/// <summary>Somebody whose assertions stand for people here (config/issuers.yaml).</summary>
internal sealed record TrustedIssuer
{
    public required string Issuer { get; init; }

    /// <summary>Its keys; where they are fetched from instead is <see cref="KeysUri"/>.</summary>
    public JsonWebKeySet? Keys { get; init; }

    public Uri? KeysUri { get; init; }

    public required IReadOnlyList<JwsAlgorithm> Algorithms { get; init; }

    /// <summary>The clients that may present its assertions.</summary>
    public required IReadOnlyList<string> Clients { get; init; }

    /// <summary>The most that its assertions yield.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The claim that names the person.</summary>
    public required string SubjectClaim { get; init; }

    /// <summary>Whether that is her user name here, and not her subject identifier.</summary>
    public required bool NamesUsers { get; init; }
}

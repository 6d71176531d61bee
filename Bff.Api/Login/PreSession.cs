using System.Text.Json.Serialization;

namespace Platform.Bff.Login;

/// <summary>
/// What a sign-in needs when the browser comes back. The provider is kept for each request, so that an answer of
/// another one is noticed (RFC 9700 section 4.4.2); the trace context makes the sign-in one trace.
/// </summary>
internal sealed record PreSession
{
    public required string Provider { get; init; }

    public required string Issuer { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>Null where the provider has no PKCE.</summary>
    public string? CodeVerifier { get; init; }

    public required string Nonce { get; init; }

    /// <summary>The key that code and tokens are bound to; null without DPoP.</summary>
    public string? ProofKey { get; init; }

    public required string ReturnUrl { get; init; }

    public SignInMode Mode { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The <c>acr</c> of which the ID token must have one; null when none was asked for.</summary>
    public string? AcrValues { get; init; }

    /// <summary>How long before the start the person may have authenticated, in seconds; null when it does not matter.</summary>
    public int? MaxAge { get; init; }

    public string? TraceParent { get; init; }
}

[JsonSerializable(typeof(PreSession))]
[JsonSerializable(typeof(LoginCookie.Content))]
internal sealed partial class LoginJson : JsonSerializerContext;

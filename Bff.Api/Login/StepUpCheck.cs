using System.Text.Json;
using Platform.Bff.Provider;
using Platform.Tokens.IdTokens;

namespace Platform.Bff.Login;

/// <summary>Whether the person authenticated as strongly and as recently as this sign-in asked.</summary>
internal static class StepUpCheck
{
    /// <summary>Null when they did.</summary>
    public static SignInRefusal? Refusal(PreSession asked, IdToken token)
    {
        // OpenID Connect Core section 3.1.3.7, 12
        if (asked.AcrValues is { } wanted && !(ClassOf(token) is { } reached && wanted.Split(' ').Contains(reached)))
            return SignInRefusal.TooWeak("the ID token has none of the acr that were asked for");

        if (asked.MaxAge is not { } maxAge)
            return null;

        // 13, and section 2: auth_time is required where max_age was asked. The time at the provider's page does not count.
        if (token.AuthenticatedAt is not { } authenticatedAt)
            return SignInRefusal.Failed("missing_auth_time", "the ID token has no auth_time, though max_age was asked");
        return authenticatedAt < asked.StartedAt - TimeSpan.FromSeconds(maxAge) - OpenIdProvider.ClockSkew
            ? SignInRefusal.Failed("old_authentication", "auth_time is longer ago than max_age allows")
            : null;
    }

    /// <summary>The authentication context class (<c>acr</c>).</summary>
    public static string? ClassOf(IdToken token) =>
        token.Claims.TryGetProperty("acr", out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

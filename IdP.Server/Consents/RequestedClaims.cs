using System.Text.Json;

namespace Platform.IdP.Consents;

/// <summary>The claims parameter (OpenID Connect Core section 5.5), as far as a person is asked about it.</summary>
internal static class RequestedClaims
{
    // They say how and when the person signed in, not who she is.
    private static readonly string[] Technical = ["sub", "acr", "amr", "auth_time", "sid"];

    /// <summary>The claims that are asked for by name, in either place.</summary>
    public static IReadOnlyList<string> Names(string? claims)
    {
        if (claims is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(claims);
        return [.. document.RootElement.EnumerateObject()
            .Where(place => place.Name is "userinfo" or "id_token" && place.Value.ValueKind is JsonValueKind.Object)
            .SelectMany(place => place.Value.EnumerateObject())
            .Select(claim => claim.Name)
            .Except(Technical)
            .Distinct()];
    }
}

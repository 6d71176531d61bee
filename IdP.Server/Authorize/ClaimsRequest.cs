using System.Text.Json;

namespace Platform.IdP.Authorize;

/// <summary>
/// The claims parameter (OpenID Connect Core section 5.5): who asks for which claims, and what of it decides the sign-in.
/// </summary>
internal static class ClaimsRequest
{
    private static readonly string[] Places = ["userinfo", "id_token"];

    public static ClaimsCheck Check(string text)
    {
        if (ReceivedJson.Parse(text, JsonValueKind.Object) is not { } claims)
            return new ClaimsCheck.Refused("claims is not a JSON object.");

        // Members that are not understood are ignored, those that are must be well formed.
        foreach (var place in Places)
        {
            if (claims.TryGetProperty(place, out var requested) && !IsWellFormed(requested))
                return new ClaimsCheck.Refused($"The member {place} of claims is malformed.");
        }

        if (!claims.TryGetProperty("id_token", out var idToken) || idToken.ValueKind is not JsonValueKind.Object)
            return new ClaimsCheck.Valid(text, [], [], null);

        // Section 5.5.1: a sub with a value asks for that person, whether it is essential or not.
        var subjects = Values(idToken, "sub");
        if (subjects is null or { Count: > 1 })
            return new ClaimsCheck.Refused("The claim sub can be requested with one value, a text.");

        // Section 5.5.1.1
        if (Values(idToken, "acr") is not { } classes)
            return new ClaimsCheck.Refused("The values of the claim acr are not texts.");

        return IsEssential(idToken, "acr")
            ? new ClaimsCheck.Valid(text, classes, [], subjects.SingleOrDefault())
            : new ClaimsCheck.Valid(text, [], classes, subjects.SingleOrDefault());
    }

    private static bool IsWellFormed(JsonElement place) =>
        place.ValueKind is JsonValueKind.Null ||
        (place.ValueKind is JsonValueKind.Object && place.EnumerateObject().All(claim => claim.Value.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Object =>
                (!claim.Value.TryGetProperty("essential", out var essential) ||
                    essential.ValueKind is JsonValueKind.True or JsonValueKind.False) &&
                (!claim.Value.TryGetProperty("values", out var values) || values.ValueKind is JsonValueKind.Array),
            _ => false,
        }));

    private static bool IsEssential(JsonElement place, string name) =>
        place.TryGetProperty(name, out var claim) && claim.ValueKind is JsonValueKind.Object &&
        claim.TryGetProperty("essential", out var essential) && essential.ValueKind is JsonValueKind.True;

    /// <summary>What the claim should be; null when that is no text.</summary>
    private static IReadOnlyList<string>? Values(JsonElement place, string name)
    {
        if (!place.TryGetProperty(name, out var claim) || claim.ValueKind is not JsonValueKind.Object)
            return [];
        if (claim.TryGetProperty("value", out var value))
            return value.ValueKind is JsonValueKind.String ? [value.GetString()!] : null;
        return claim.TryGetProperty("values", out var values) ? ReceivedJson.Texts(values) : [];
    }
}

internal abstract record ClaimsCheck
{
    /// <param name="EssentialClasses">The acr values of which one is essential.</param>
    /// <param name="WantedClasses">The acr values of which one would be welcome.</param>
    /// <param name="Subject">The person who is asked for, by the identifier that the client knows.</param>
    public sealed record Valid(
        string Json, IReadOnlyList<string> EssentialClasses, IReadOnlyList<string> WantedClasses, string? Subject) : ClaimsCheck;

    public sealed record Refused(string Description) : ClaimsCheck;
}

using System.Globalization;

namespace Platform.IdP.Authorize;

/// <summary>How the person should sign in (OpenID Connect Core section 3.1.2.1).</summary>
internal sealed class RequestedSignIn(IdTokenHint hints)
{
    public static readonly string[] KnownPrompts = ["none", "login", "consent", "select_account"];

    public SignInRequestCheck Check(RequestParameters parameters, Client client, ClaimsCheck.Valid? claims)
    {
        // none stands alone.
        var prompts = Words(parameters["prompt"]);
        if (prompts.Contains("none") && prompts.Count > 1)
            return new SignInRequestCheck.Refused("prompt=none goes with no other value.");
        if (prompts.Except(KnownPrompts).Any())
            return new SignInRequestCheck.Refused("A value of prompt is not supported.");

        var maxAge = client.DefaultMaxAge;
        if (parameters["max_age"] is { } age)
        {
            if (!int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return new SignInRequestCheck.Refused("max_age is not a number of seconds.");
            maxAge = seconds;
        }

        var hinted = claims?.Subject;
        if (parameters["id_token_hint"] is { } hint)
        {
            if (hints.FindSubject(hint, client) is not { } subject)
                return new SignInRequestCheck.Refused("id_token_hint is not an ID token that this client got here.");
            if (hinted is not null && hinted != subject)
                return new SignInRequestCheck.Refused("claims and id_token_hint name different persons.");
            hinted = subject;
        }

        // acr_values comes before the metadata default_acr_values; a claim acr counts as acr_values does.
        var classes = Words(parameters["acr_values"]).Concat(claims?.WantedClasses ?? []).Distinct().ToList();
        return new SignInRequestCheck.Valid(
            prompts, maxAge, hinted, classes.Count > 0 ? classes : client.DefaultAcrValues, claims?.EssentialClasses ?? []);
    }

    private static List<string> Words(string? text) =>
        text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList() ?? [];
}

internal abstract record SignInRequestCheck
{
    public sealed record Valid(
        IReadOnlyList<string> Prompts, int? MaxAge, string? HintedSubject,
        IReadOnlyList<string> Classes, IReadOnlyList<string> EssentialClasses) : SignInRequestCheck;

    /// <summary>The error is invalid_request.</summary>
    public sealed record Refused(string Description) : SignInRequestCheck;
}

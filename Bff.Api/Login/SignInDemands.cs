using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Platform.Bff.Configuration;

namespace Platform.Bff.Login;

/// <summary>What one sign-in asks of the provider beyond the usual (OpenID Connect Core section 3.1.2.1).</summary>
internal sealed partial record SignInDemands(string? Prompt, string? AcrValues, int? MaxAge, string? LoginHint, string? UiLocales)
{
    private const int LongestHint = 256;

    private static readonly string[] Parameters = ["prompt", "acr_values", "max_age", "login_hint", "ui_locales"];

    // none is another door: /auth/silent.
    private static readonly string[] Prompts = ["login", "consent", "select_account"];

    /// <summary>The demands of a request, or why it is not passed on.</summary>
    public static (SignInDemands? Demands, SignInRefusal? Refusal) Read(IQueryCollection query, OidcOptions provider)
    {
        if (Parameters.FirstOrDefault(name => query[name].Count > 1) is { } repeated)
            return Refuse(repeated, "came more than once");

        var (prompt, classes, maxAge) = (Text(query["prompt"]), Text(query["acr_values"]), Text(query["max_age"]));
        if (prompt is not null && !prompt.Split(' ').All(Prompts.Contains))
            return Refuse("prompt", $"must be of {string.Join(", ", Prompts)}");
        if (classes is not null && !classes.Split(' ').All(provider.StepUpAcrValues.Contains))
            return Refuse("acr_values", "has a value that is not among StepUpAcrValues of the provider");

        var seconds = 0;
        if (maxAge is not null && !int.TryParse(maxAge, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
            return Refuse("max_age", "must be a number of seconds, 0 or more");
        if (Text(query["login_hint"]) is { } hint && (hint.Length > LongestHint || hint.Any(char.IsControl)))
            return Refuse("login_hint", $"must be at most {LongestHint} characters without control characters");
        if (Text(query["ui_locales"]) is { } locales && !Locales().IsMatch(locales))
            return Refuse("ui_locales", "must be up to ten language tags");

        return (new(prompt, classes, maxAge is null ? null : seconds, Text(query["login_hint"]), Text(query["ui_locales"])), null);
    }

    public void AddTo(Dictionary<string, string> request)
    {
        Add("prompt", Prompt);
        Add("acr_values", AcrValues);
        Add("max_age", MaxAge?.ToString(CultureInfo.InvariantCulture));
        Add("login_hint", LoginHint);
        Add("ui_locales", UiLocales);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request[name] = value;
            }
        }
    }

    private static (SignInDemands?, SignInRefusal?) Refuse(string parameter, string reason) =>
        (null, SignInRefusal.BadParameter($"{parameter} {reason}"));

    private static string? Text(StringValues values) => values is [{ Length: > 0 } value] ? value : null;

    // RFC 5646, its shape alone.
    [GeneratedRegex("^[A-Za-z0-9-]{1,35}( [A-Za-z0-9-]{1,35}){0,9}$")]
    private static partial Regex Locales();
}

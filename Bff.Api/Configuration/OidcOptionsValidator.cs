using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Platform.Bff.Configuration;

internal sealed partial class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        var section = string.IsNullOrEmpty(name) ? OidcOptions.Section : $"{OidcOptions.FurtherSection}:{name}";
        var faults = Faults(options).Select(fault => $"{section}:{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(OidcOptions options)
    {
        if (options.Issuer.Length == 0)
            yield return "Issuer is not set: give the provider's issuer URL (for example https://localhost:7100).";
        else if (!Issuer().IsMatch(options.Issuer))
            yield return "Issuer must be an http(s) URL without a trailing slash, query or fragment, exactly as the provider spells it.";
        if (options.ClientId.Length == 0)
            yield return "ClientId is empty: give the client's name at the provider (bff-server).";
        if (!options.Scopes.Split(' ').Contains("openid"))
            yield return "Scopes must contain openid.";

        if (options.StepUpAcrValues.Any(value => value.Length == 0 || value.Any(char.IsWhiteSpace)))
            yield return "StepUpAcrValues must be values of acr without spaces, one an entry.";

        if (!TokenAuthMethods.All.Contains(options.TokenAuthMethod))
            yield return $"TokenAuthMethod is '{options.TokenAuthMethod}' (MS_BFF_TOKEN_AUTH_METHOD): use one of {string.Join(", ", TokenAuthMethods.All)}.";
        else if (options.TokenAuthMethod != TokenAuthMethods.PrivateKeyJwt && options.ClientSecret.Length == 0)
            yield return $"ClientSecret is not set (AUTH_CLIENT_SECRET): {options.TokenAuthMethod} needs the secret that the provider " +
                "knows for this client; or set TokenAuthMethod to private_key_jwt.";

        if (options is { SignedResponse: false, ResponseIssuer: false, Pkce: false })
            yield return "Pkce, SignedResponse and ResponseIssuer cannot all be false: a code of another sign-in could be injected.";
    }

    [GeneratedRegex("^https?://[^?#]*[^/?#]$")]
    private static partial Regex Issuer();
}

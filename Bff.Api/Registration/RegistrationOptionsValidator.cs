using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;

namespace Platform.Bff.Registration;

internal sealed class RegistrationOptionsValidator(IOptionsMonitor<OidcOptions> oidc) : IValidateOptions<RegistrationOptions>
{
    private const string CallbackPath = "/auth/callback";

    public ValidateOptionsResult Validate(string? name, RegistrationOptions options)
    {
        var faults = Faults(options, oidc.Get(Options.DefaultName)).Select(fault => $"{RegistrationOptions.Section}:{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(RegistrationOptions options, OidcOptions oidc)
    {
        if (options.RedirectUriList.FirstOrDefault(callback => !IsCallback(callback)) is { } wrong)
            yield return $"RedirectUris (DCR_REDIRECT_URIS) has '{wrong}': write https://<host>{CallbackPath} without a trailing slash, " +
                "one for each host, separated by commas.";
        if (options.ClientId is { Length: > 0 } id && id != oidc.ClientId)
            yield return $"ClientId (DCR_CLIENT_ID) is '{id}', but Oidc:ClientId (AUTH_CLIENT_ID) is '{oidc.ClientId}': give both the same name.";
        if (options.InitialAccessToken is { Length: > 0 } token)
        {
            if (!token.All(c => c is > ' ' and < '\x7f'))
                yield return "InitialAccessToken (DCR_IAT) has characters that no token has: paste it without quotation marks, spaces and line breaks.";
            if (oidc.TokenAuthMethod != TokenAuthMethods.PrivateKeyJwt)
                yield return $"InitialAccessToken (DCR_IAT) goes with private_key_jwt: remove it, or set Oidc:TokenAuthMethod " +
                    $"(MS_BFF_TOKEN_AUTH_METHOD), which is {oidc.TokenAuthMethod}, to private_key_jwt.";
        }
    }

    private static bool IsCallback(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 &&
        text == $"{Uri.UriSchemeHttps}://{url.Authority}{CallbackPath}";
}

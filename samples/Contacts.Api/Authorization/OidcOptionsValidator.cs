using Microsoft.Extensions.Options;

namespace Platform.Contacts.Authorization;

internal sealed class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    private static readonly TimeSpan MaximumSkew = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        if (!Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer)
            || !(issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            return ValidateOptionsResult.Fail(
                "Oidc:Issuer must be the https address of the identity provider (http only on this machine).");
        }

        if (!Uri.TryCreate(options.ApiUrl, UriKind.Absolute, out var api) || api.Query.Length + api.Fragment.Length > 0)
        {
            return ValidateOptionsResult.Fail(
                "Oidc:ApiUrl must be the address of this API as its callers know it, for example https://contacts.example.");
        }

        if (string.IsNullOrWhiteSpace(options.Audience))
        {
            return ValidateOptionsResult.Fail(
                "Oidc:Audience must be the audience of this API's access tokens; leave it out for the default.");
        }

        if (options.Introspection is { } introspection &&
            (string.IsNullOrWhiteSpace(introspection.ClientId) || string.IsNullOrWhiteSpace(introspection.ClientSecret)))
        {
            return ValidateOptionsResult.Fail(
                "Oidc:Introspection must have ClientId and ClientSecret; leave it out to check tokens by their signature.");
        }

        return options.ClockSkew < TimeSpan.Zero || options.ClockSkew > MaximumSkew
            ? ValidateOptionsResult.Fail("Oidc:ClockSkew must be between zero and five minutes.")
            : ValidateOptionsResult.Success;
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Platform.Bff.Configuration;

/// <summary>The provider that signs people in, and who the BFF is there.</summary>
internal sealed class OidcOptions
{
    public const string Section = "Oidc";

    [Required(ErrorMessage = "Oidc:Issuer is not set: give the provider's issuer URL (for example https://localhost:7100).")]
    [RegularExpression("https?://[^?#]*[^/?#]", ErrorMessage =
        "Oidc:Issuer must be an http(s) URL without a trailing slash, query or fragment, exactly as the provider spells it.")]
    public string Issuer { get; set; } = "";

    [Required(ErrorMessage = "Oidc:ClientId is empty: give the client's name at the provider (bff-server).")]
    public string ClientId { get; set; } = "bff-server";

    [Required(ErrorMessage = "Oidc:ClientSecret is not set: give the secret that the provider knows for Oidc:ClientId.")]
    public string ClientSecret { get; set; } = "";

    [RegularExpression("(.* )?openid( .*)?", ErrorMessage = "Oidc:Scopes must contain openid.")]
    public string Scopes { get; set; } = "openid profile email offline_access contacts.read";
}

[OptionsValidator]
internal sealed partial class OidcOptionsValidator : IValidateOptions<OidcOptions>;

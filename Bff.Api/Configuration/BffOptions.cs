using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Platform.Bff.Configuration;

/// <summary>Where the browser finds the BFF, and how patient it is.</summary>
internal sealed class BffOptions
{
    public const string Section = "Bff";

    /// <summary>
    /// Configured rather than read from requests: a forged Host or X-Forwarded-Host changes nothing.
    /// </summary>
    [Required(ErrorMessage = "Bff:PublicUrl is not set: give the address that browsers use (for example https://localhost:7000).")]
    [RegularExpression("https://[^/?#@]+/?", ErrorMessage =
        "Bff:PublicUrl must be an https origin without a path: its cookies are Secure and bound to the host.")]
    public string PublicUrl { get; set; } = "";

    /// <summary>How long the way to the provider and back may take.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>scheme://host[:port], as browsers write it in <c>Origin</c>.</summary>
    public string Origin => new Uri(PublicUrl).GetLeftPart(UriPartial.Authority);

    public string CallbackUrl => $"{Origin}/auth/callback";
}

[OptionsValidator]
internal sealed partial class BffOptionsValidator : IValidateOptions<BffOptions>;

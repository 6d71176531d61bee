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
    [RegularExpression("https?://[^/?#@]+/?", ErrorMessage =
        "Bff:PublicUrl must be an https origin without a path: its cookies are Secure and bound to the host.")]
    public string PublicUrl { get; set; } = "";

    /// <summary>How long the way to the provider and back may take.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether the BFF is reached under several hosts (<c>BFF_DYNAMIC_CALLBACK</c>), those of <see cref="Origins"/>: a sign-in
    /// comes back to the one where it began.
    /// </summary>
    public bool DynamicCallback { get; set; }

    /// <summary>The https origins beside <see cref="PublicUrl"/>; a request to another host is not believed.</summary>
    public IList<string> Origins { get; } = [];

    /// <summary>Where a sign-in may end beside the portal's own pages: https addresses, with all that is below them.</summary>
    public IList<string> ReturnUrls { get; } = [];

    /// <summary>scheme://host[:port], as browsers write it in <c>Origin</c>.</summary>
    public string Origin => PublicOrigins.OriginOf(PublicUrl);

    /// <summary>Browsers take the Secure cookies of plain HTTP from their own machine, and from nowhere else.</summary>
    public bool IsOfThisMachine => Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url.IsLoopback;

    public bool IsHttps => PublicUrl.StartsWith("https:", StringComparison.Ordinal);

    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps &&
        url.PathAndQuery == "/" && url.UserInfo.Length == 0 && url.Fragment.Length == 0;

    public static bool IsReturnUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps &&
        url.Query.Length == 0 && url.UserInfo.Length == 0 && url.Fragment.Length == 0;
}

[OptionsValidator]
internal sealed partial class BffOptionsValidator : IValidateOptions<BffOptions>;

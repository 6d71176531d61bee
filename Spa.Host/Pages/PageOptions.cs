using Microsoft.Extensions.Options;

namespace Platform.Spa.Pages;

/// <summary>What the page may reach beside its own origin.</summary>
internal sealed class PageOptions
{
    public const string Section = "Pages";

    /// <summary>
    /// The origins that a silent sign-in goes through: the page's hidden frame may go there, and nowhere else but to the page's
    /// own. Without them people sign in by the button.
    /// </summary>
    public IList<string> SignInOrigins { get; } = [];
}

internal sealed class PageOptionsValidator : IValidateOptions<PageOptions>
{
    public ValidateOptionsResult Validate(string? name, PageOptions options) =>
        options.SignInOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } odd
            ? ValidateOptionsResult.Fail(
                $"{PageOptions.Section}:SignInOrigins has '{odd}': give https origins without a path (for example https://localhost:7100), or http ones of this machine.")
            : ValidateOptionsResult.Success;

    // As browsers write it: anything else could add a directive of its own to the policy.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) &&
        (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) &&
        text == url.GetLeftPart(UriPartial.Authority);
}

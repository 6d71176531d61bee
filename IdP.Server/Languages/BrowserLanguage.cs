using Microsoft.AspNetCore.Localization;

namespace Platform.IdP.Languages;

/// <summary>Accept-Language (RFC 9110 section 12.5.4).</summary>
internal sealed class BrowserLanguage : AcceptLanguageHeaderRequestCultureProvider
{
    public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        await base.DetermineProviderCultureResult(httpContext) is { } found ? Language.Ranges(found.UICultures) : null;
}

using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Platform.IdP.Languages;

internal static class LanguagesSetup
{
    // OpenID Connect Discovery section 3
    public static void AddLanguages(this WebApplicationBuilder builder) => builder.Services.AddSingleton(new MetadataPart(
        (metadata, _) => metadata["ui_locales_supported"] = MetadataPart.List(Language.All.Select(language => language.Name))));

    /// <summary>What the client asks for comes before what the browser does. Numbers and dates of the protocols stay as they are.</summary>
    public static void UseLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, Language.All[0]),
        SupportedCultures = [CultureInfo.InvariantCulture],
        SupportedUICultures = [.. Language.All],
        RequestCultureProviders = [new RequestedLanguage(), new BrowserLanguage()],
    });

    /// <summary>An exception leads out of the language that was chosen before it.</summary>
    public static void ResumeLanguage(this HttpContext http) => CultureInfo.CurrentUICulture =
        http.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture ?? Language.All[0];
}

using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Platform.IdP.Languages;

/// <summary>
/// ui_locales (OpenID Connect Core section 3.1.2.1, RP-Initiated Logout section 2): in the address, or kept with the request
/// that the page is about.
/// </summary>
internal sealed class RequestedLanguage : RequestCultureProvider
{
    private const int MostTried = 10;

    public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        if (httpContext.GetEndpoint()?.Metadata.GetMetadata<AnswersPages>() is null)
        {
            return null;
        }

        var locales = (string?)httpContext.Request.Query["ui_locales"] ?? await FindKeptAsync(httpContext);
        var tags = locales?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostTried).Select(tag => new StringSegment(tag));
        return tags is null ? null : Language.Ranges(tags);
    }

    private static async Task<string?> FindKeptAsync(HttpContext http)
    {
        if (await ReadIdAsync(http) is not { } id)
        {
            return null;
        }

        foreach (var source in http.RequestServices.GetServices<LanguageSource>())
        {
            if (await source.FindAsync(http.RequestServices, id) is { } locales)
            {
                return locales;
            }
        }

        return null;
    }

    private static async Task<string?> ReadIdAsync(HttpContext http) => HttpMethods.IsPost(http.Request.Method)
        ? (await RequestParameters.ReadFormAsync(http.Request, http.RequestAborted))?["request"]
        : http.Request.Query["request"];
}

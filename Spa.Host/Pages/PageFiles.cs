using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Platform.Spa.Pages;

/// <summary>The files of wwwroot, and the page itself for every address inside the app.</summary>
internal static class PageFiles
{
    /// <summary>These belong to the BFF. Answering them with the page would turn a routing mistake into a puzzle.</summary>
    private static readonly string[] NotPages = ["/api", "/auth"];

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PageOptions>().BindConfiguration(PageOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PageOptions>, PageOptionsValidator>();
    }

    public static void MapPages(this WebApplication app)
    {
        var files = new StaticFileOptions { OnPrepareResponse = MustBeRevalidated };
        app.UseDefaultFiles();
        app.UseStaticFiles(files);

        app.MapFallbackToFile("{*path:nonfile}", "index.html", files);
        foreach (var prefix in NotPages)
        {
            app.Map($"{prefix}/{{**rest}}", () => Results.NotFound());
        }
    }

    /// <summary>
    /// The names carry no fingerprint, so that there is no build step: a cached copy is asked about each time and
    /// answered 304 by its ETag. A release never mixes with the one before it.
    /// </summary>
    private static void MustBeRevalidated(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = "no-cache";
}

using Microsoft.Playwright;
using Platform.Hosting.Evidence;

namespace Platform.Tests.Browser;

/// <summary>What a person saw in a test, kept where CI keeps it.</summary>
internal static class Screenshots
{
    /// <summary>The variable that names the folder; without it, that is <c>artifacts/screenshots</c>.</summary>
    public const string FolderVariable = "PLATFORM_SCREENSHOTS";

    private static readonly string Folder = ArtifactFolder.Find("screenshots", FolderVariable);

    /// <summary>The page as it stands there, or all of its length.</summary>
    public static Task KeepAsync(this IPage page, string name, bool whole = false) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });
}

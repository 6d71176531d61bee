using Microsoft.Playwright;
using Platform.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Platform.Tests.Browser;

/// <summary>Headless Chromium, once for all tests; every person gets a profile of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
        Assert.True(File.Exists(path), $"Chromium is not at {path}: install it (apt-get install chromium) or set CHROMIUM_PATH.");

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            // Chromium refuses its sandbox to root, which is who runs a container's tests.
            ChromiumSandbox = Environment.UserName != "root",
            Args = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <summary>A new profile: no cookies, no storage. The development certificate is accepted as it is.</summary>
    public async Task<IBrowserContext> NewProfileAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.IgnoreHTTPSErrors = true;
        return await _browser!.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

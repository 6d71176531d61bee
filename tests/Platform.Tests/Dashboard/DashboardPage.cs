using Microsoft.Playwright;
using Platform.Tests.Browser;

namespace Platform.Tests.Dashboard;

/// <summary>Aspire's dashboard in a browser of its own, signed in.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private readonly IBrowserContext _profile;
    private readonly DashboardTelemetry _dashboard;

    private DashboardPage(IBrowserContext profile, IPage page, DashboardTelemetry dashboard) => (_profile, Page, _dashboard) = (profile, page, dashboard);

    public IPage Page { get; }

    public static async Task<DashboardPage> OpenAsync(Chromium chromium, DashboardTelemetry dashboard)
    {
        var profile = await chromium.NewProfileAsync(new() { ViewportSize = new() { Width = 1600, Height = 1000 } });
        var page = new DashboardPage(profile, await profile.NewPageAsync(), dashboard);
        await page.Page.GotoAsync(dashboard.LoginUrl);
        await page.Names.First.WaitForAsync();
        return page;
    }

    private ILocator Names => Page.Locator("tr td:first-child");

    /// <summary>The rows of a resource, one for each replica: another's may mention it.</summary>
    public ILocator Row(string resource) => Page.Locator("tr")
        .Filter(new() { Has = Page.Locator("td:first-child", new() { HasTextRegex = new($"^\\s*{resource}(-[a-z]{{8}})?\\s*$") }) });

    public Task GoToAsync(string path) => Page.GotoAsync(_dashboard.Address + path);

    public ValueTask DisposeAsync() => _profile.DisposeAsync();
}

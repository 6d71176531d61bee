using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;
using Platform.Tests.Topology;

namespace Platform.Tests.Browser;

/// <summary>The portal as a person meets it, and everything that the browser was sent on the way.</summary>
public sealed partial class PortalPage : IAsyncDisposable
{
    private readonly IBrowserContext _profile;
    private readonly string _portal;
    private readonly ConcurrentQueue<Task> _reading = new();
    private readonly ConcurrentQueue<string> _received = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private PortalPage(IBrowserContext profile, IPage page, string portal)
    {
        _profile = profile;
        _portal = portal;
        Page = page;
        page.RequestFinished += (_, request) => _reading.Enqueue(RecordAsync(request));
        page.PageError += (_, error) => _errors.Enqueue(error);
    }

    public IPage Page { get; }

    public ILocator Portal => Page.Locator("[data-view=portal]");

    public ILocator Contacts => Page.Locator("[data-view=portal] .contacts li");

    public ILocator SignedOut => Page.Locator("[data-view=signed-out]");

    /// <summary>In a new profile, whose browser calls itself <paramref name="userAgent"/>.</summary>
    public static async Task<PortalPage> OpenAsync(Chromium chromium, RunningTopology topology, string? userAgent = null) =>
        await OpenAsync(await chromium.NewProfileAsync(new() { UserAgent = userAgent }), topology.Portal);

    /// <summary>In a new profile, signed in, with the contacts there and following its session live.</summary>
    public static async Task<PortalPage> OpenSignedInAsync(
        Chromium chromium, RunningTopology topology, User user, string? userAgent = null)
    {
        var portal = await OpenAsync(chromium, topology, userAgent);
        await portal.SignInAsync(user);
        await portal.Contacts.First.WaitForAsync();
        await portal.IsLiveAsync();
        return portal;
    }

    private static async Task<PortalPage> OpenAsync(IBrowserContext profile, string address)
    {
        var portal = new PortalPage(profile, await profile.NewPageAsync(), address);
        await portal.Page.GotoAsync(address);
        return portal;
    }

    public async Task SignInAsync(User user)
    {
        // A body cannot be read any more once the browser has left its page.
        await SignedOut.WaitForAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Task.WhenAll(_reading);
        await SignedOut.GetByRole(AriaRole.Link).ClickAsync();
        await FillInAsync(user);
    }

    /// <summary>Answers the provider's question.</summary>
    public async Task FillInAsync(User user)
    {
        await Page.FillAsync("input[name=username]", user.Username);
        await Page.FillAsync("input[name=password]", user.Password);
        await Page.ClickAsync("[type=submit]");
        await Portal.WaitForAsync();
    }

    /// <summary>Waits until the page follows its session live.</summary>
    public Task IsLiveAsync() => Page.Locator("[data-live=yes]").WaitForAsync();

    /// <summary>Revokes all sessions of who is signed in, and waits for the page to show it.</summary>
    /// <param name="topology">Where it runs.</param>
    /// <param name="within">How long the page may take; as long as it waits for anything else, if not given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task IsSignedOutByRevocationAsync(
        RunningTopology topology, TimeSpan? within, CancellationToken cancellationToken)
    {
        await topology.Administrator.RevokeUserAsync(await SubjectAsync(), cancellationToken);
        var answered = TimeProvider.System.GetTimestamp();
        await Page.Locator("[data-view=signed-out][data-reason=revoked]").WaitForAsync(
            new() { Timeout = (float?)within?.TotalMilliseconds });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"signed out {TimeProvider.System.GetElapsedTime(answered).TotalMilliseconds:0} ms after the administrator's answer");
    }

    /// <summary>The subject identifier of who is signed in.</summary>
    public Task<string> SubjectAsync() => Page.Locator("[data-view=portal] code").First.InnerTextAsync();

    /// <summary>Every address, header and body that the browser's scripts could read from a response so far.</summary>
    public async Task<string> EverythingReceivedAsync()
    {
        await Task.WhenAll(_reading);
        return string.Join('\n', _received);
    }

    /// <summary>No test is passed by a page whose scripts failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _profile.DisposeAsync();
        Assert.Empty(_errors);
    }

    private async Task RecordAsync(IRequest request)
    {
        if (!request.Url.StartsWith(_portal, StringComparison.Ordinal) || await request.ResponseAsync() is not { } response)
        {
            return;
        }

        var text = new StringBuilder(request.Url);
        foreach (var header in (await response.HeadersArrayAsync()).Where(header => header.Name is not "set-cookie"))
        {
            text.Append('\n').Append(header.Name).Append(": ").Append(header.Value);
        }

        // The frame of a silent sign-in is gone as soon as it has said how that went, and its body with it.
        if (response.Status is < 300 or >= 400 && request.Frame == Page.MainFrame)
        {
            text.Append('\n').Append(Encoding.UTF8.GetString(await response.BodyAsync()));
        }

        _received.Enqueue(text.ToString());
    }
}

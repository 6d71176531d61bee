using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Defence;
using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Defence;

/// <summary>Whatever routes there are, those of tomorrow included.</summary>
public sealed class EveryRouteTests(SourcesPortal portal) : IClassFixture<SourcesPortal>
{
    // What the browser itself asks for, and the probes of an orchestrator. Who adds a route here says why it needs no header.
    private static readonly string[] Open =
    [
        "/health", "/alive", "/auth/login", "/auth/callback/{provider?}", "/.well-known/jwks.json", "/{**path}",

        // Pages: an iframe of ours, and a link or form of another site that asks for a sign-in, which begins like any other.
        "/auth/silent", "/auth/initiate",

        // The provider: it shows a signed token, or the browser a cookie that no other site can have sent.
        "/auth/backchannel-logout", "/auth/frontchannel-logout",
    ];

    // They change nothing of a session by themselves, or only for who shows a signed token.
    private static readonly string[] Posted = ["/auth/initiate", "/auth/backchannel-logout"];

    private readonly Portal _portal = portal.Fresh();

    private IEnumerable<RouteEndpoint> Routes =>
        _portal.Bff.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void B12_every_route_has_a_policy_and_all_but_a_few_need_the_header()
    {
        Assert.NotEmpty(Routes);
        Assert.All(Routes.Where(route => !Open.Contains(PathOf(route))), route =>
            Assert.True(route.Metadata.GetMetadata<CallPolicy>() is { NeedsHeader: true, FetchSites.Count: > 0, IsPersonal: true }, PathOf(route)));
    }

    [Fact]
    public void B12_no_route_without_the_header_changes_anything() =>
        Assert.All(Routes.Where(route => route.Metadata.GetMetadata<CallPolicy>() is { NeedsHeader: false } &&
            !Posted.Contains(PathOf(route))), route =>
            Assert.Empty(MethodsOf(route).Except(["GET", "HEAD"])));

    [Fact]
    public async Task B10_B11_every_route_that_needs_the_header_refuses_calls_without_it_and_of_other_sites()
    {
        (string Name, string Value) header = ("X-CSRF", "1");
        (string, string)[][] senders =
        [
            [],
            [("X-CSRF", "0")],
            [("Sec-Fetch-Site", "same-origin"), ("Origin", Portal.Origin)],
            [header, ("Origin", "https://evil.example")],
            [header, ("Origin", "null")],
            [header, ("Sec-Fetch-Site", "cross-site")],
            [header, ("Sec-Fetch-Site", "same-site")],
            [header, ("Sec-Fetch-Site", "none")],
        ];
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var asked = 0;

        foreach (var route in Routes.Where(route => route.Metadata.GetMetadata<CallPolicy>() is { NeedsHeader: true }))
        {
            foreach (var method in MethodsOf(route))
            {
                foreach (var sender in senders)
                {
                    using var response = await browser.SendAsync(new(method), ExampleOf(route), crossSite: false, sender);

                    Assert.True(response.StatusCode is HttpStatusCode.Forbidden, $"{method} {PathOf(route)} with {string.Join(", ", sender)}: {response.StatusCode}");
                    asked++;
                }
            }
        }

        Assert.True(asked >= senders.Length * 10);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Empty(_portal.Contacts.Requests);
    }

    private static string PathOf(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.Trim('/')}";

    private static string ExampleOf(RouteEndpoint route) =>
        string.Join('/', PathOf(route).Split('/').Select(segment => segment.StartsWith('{') ? "anything" : segment));

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "PATCH", "DELETE"];
}

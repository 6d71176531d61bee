using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Flows.Model;

namespace Platform.Flows.Pages;

/// <summary>Tells open pages and terminals that something came in (server-sent events, HTML section 9.2), at most a few times a second.</summary>
internal sealed class Changes(FlowBook flows, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    public static void Map(WebApplication app) => app.MapGet("/changes", app.Services.GetRequiredService<Changes>().Follow);

    private ServerSentEventsResult<string> Follow(HttpContext http, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(VersionsAsync(http.RequestAborted, cancellationToken), eventType: "changed");

    private async IAsyncEnumerable<string> VersionsAsync(CancellationToken aborted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A host that stops does not wait for pages that stay open.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, cancellationToken, lifetime.ApplicationStopping);
        var told = -1L;
        while (!either.IsCancellationRequested)
        {
            if (flows.Version is var version && version != told)
            {
                told = version;
                yield return version.ToString(CultureInfo.InvariantCulture);
            }

            await Task.Delay(BetweenLooks, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

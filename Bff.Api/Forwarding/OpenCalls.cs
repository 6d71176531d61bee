using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Bff.Signals;
using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Bff.Forwarding;

/// <summary>
/// The calls that are under way. One is cut when its session ends, however it ends: WebSockets, event streams and long
/// downloads do not outlive the session that they were begun with.
/// </summary>
internal sealed class OpenCalls(
    ISessions sessions, Confirmations confirmations, IOptions<SessionsOptions> options, TimeProvider clock) : BackgroundService
{
    // Revocations come by themselves; this finds the sessions that have run out, or of which nobody is sure any more.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<OpenCall, byte> _calls = new();

    /// <summary>Whoever wants to miss no ending looks the session up again afterwards. Dispose when the call is over.</summary>
    public OpenCall Begin(HttpContext http, LiveSession session)
    {
        var call = new OpenCall(http, session.Handle, _calls)
        {
            RunsOutAt = EndOf(session),
            ExpiresAt = session.Record.ExpiresAt,
            IsStream = http.GetEndpoint()?.Metadata.GetMetadata<ForwardedRoute>()?.Streams is not (null or RouteStreams.None),
        };
        call.EndWith(sessions.OnEnded(session, call.Cut));
        if (call.IsStream)
        {
            call.EndWith(sessions.OnChanged(session, () => _ = CutIfDemandedAsync(call)));
        }

        _calls.TryAdd(call, 0);
        return call;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = clock.GetUtcNow();
                await Task.WhenAll(
                    [.. _calls.Keys.Where(call => call.RunsOutAt <= now).Select(call => CheckAsync(call, stoppingToken)),
                    .. _calls.Keys.Where(IsOverdue).Select(call => CutIfOverdueAsync(call, stoppingToken))]);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends the calls.
        }
    }

    // Other calls are over in a moment; a stream would go on as if nothing were demanded of its session.
    private async Task CutIfDemandedAsync(OpenCall call)
    {
        try
        {
            if (await sessions.ReadAsync(call.Handle, CancellationToken.None) is { NeedsSignIn: true })
            {
                call.Cut();
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            call.Cut(); // who comes back is asked
        }
    }

    // Another tab, perhaps on another replica, may have used it meanwhile. An open stream itself is no use.
    private async Task CheckAsync(OpenCall call, CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            if (now < call.ExpiresAt &&
                await sessions.FindAsync(call.Handle, isUse: false, cancellationToken) is { } session && now < EndOf(session))
            {
                call.RunsOutAt = EndOf(session);
            }
            else
            {
                call.Cut();
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nobody knows: it is asked again at the next look.
        }
    }

    private bool IsOverdue(OpenCall call) =>
        call is { IsStream: true, Cleared: { } session } && confirmations.IsOverdue(session.VouchedAt);

    // Another tab may have had it confirmed. The provider is asked about who comes back.
    private async Task CutIfOverdueAsync(OpenCall call, CancellationToken cancellationToken)
    {
        try
        {
            call.Cleared = await sessions.ReadAsync(call.Handle, cancellationToken);
            if (call.Cleared is null || IsOverdue(call))
            {
                call.Cut();
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nobody knows: it is asked again at the next look.
        }
    }

    private DateTimeOffset EndOf(LiveSession session) =>
        session.SeenAt + options.Value.IdleLifetime is var idle && idle < session.Record.ExpiresAt ? idle : session.Record.ExpiresAt;
}

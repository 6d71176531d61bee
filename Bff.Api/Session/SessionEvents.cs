using System.Diagnostics;
using System.Threading.Channels;
using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Bff.Session;

/// <summary>
/// Tells an open tab that its session ended or needs a new sign-in, the moment it does (WHATWG HTML section 9.2, server-sent events).
/// </summary>
internal sealed partial class SessionEvents(
    CurrentSession current,
    ISessions sessions,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<SessionEvents> logger)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task<IResult> StreamAsync(HttpContext http)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        if (await current.FindAsync(http, isUse: false, stop.Token) is not { } session)
        {
            return CurrentSession.None();
        }

        var frames = Channel.CreateUnbounded<string>();
        void Finish(string reason)
        {
            if (frames.Writer.TryWrite($"event: session-ended\ndata: {{\"reason\":\"{reason}\"}}\n\n") &&
                frames.Writer.TryComplete())
            {
                BffTelemetry.CountTabTold(reason);
                LogEnded(reason);
            }
        }

        // Registered first and read afterwards: an ending in between is not missed.
        using var registration = sessions.OnEnded(session, () => Finish("revoked"));
        using var changes = sessions.OnChanged(session, () => _ = TellOfDemandAsync(session, frames.Writer));
        if (await sessions.ReadAsync(session.Handle, stop.Token) is null)
        {
            return CurrentSession.None();
        }

        frames.Writer.TryWrite("event: hello\ndata: {}\n\n");
        await using var expiry = new SessionExpiry(session.Record.ExpiresAt, () => Finish("expired"), clock);
        await using var heartbeat = clock.CreateTimer(
            _ => frames.Writer.TryWrite(": heartbeat\n\n"), null, Heartbeat, Heartbeat);

        await SendAsync(http.Response, frames.Reader, stop.Token);
        return TypedResults.Empty;
    }

    // What else an event demands is done at the next use, and needs nobody's help.
    private async Task TellOfDemandAsync(LiveSession session, ChannelWriter<string> frames)
    {
        try
        {
            if (await sessions.ReadAsync(session.Handle, lifetime.ApplicationStopping) is { NeedsSignIn: true })
            {
                frames.TryWrite("event: sign-in-needed\ndata: {}\n\n");
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException or OperationCanceledException)
        {
            // The page hears of it from the next answer.
        }
    }

    private static async Task SendAsync(HttpResponse response, ChannelReader<string> frames, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        try
        {
            await foreach (var frame in frames.ReadAllAsync(cancellationToken))
            {
                await response.WriteAsync(frame, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The tab was closed or the service stops: the page connects again by itself.
            Activity.Current?.AddEvent(new("stream closed"));
        }
    }

    [LoggerMessage(LogLevel.Information, "A session with an open tab ended ({Reason}); the tab was told.")]
    private partial void LogEnded(string reason);
}

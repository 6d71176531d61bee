using Platform.Bff.Defence;
using Platform.Bff.Session;
using Platform.Sessions;

namespace Platform.Bff.Forwarding;

/// <summary>A call to an API belongs to a session, and ends with it.</summary>
internal sealed class SessionCalls(
    CurrentSession current, ISessions sessions, SessionDemandGate gate, OpenCalls calls, CallLimits limits)
{
    public Task Require(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>().NeedsSession ? ServeAsync(http, next) : next(http);

    private async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        if (!await IsServedAsync(http, next))
        {
            await CurrentSession.None().ExecuteAsync(http);
        }
    }

    // 1 the session  2 hear of its end  3 it has not ended before that  4 what events demand of it  5 the call
    // 6 nothing half-sent looks whole when it was cut
    private async Task<bool> IsServedAsync(HttpContext http, RequestDelegate next)
    {
        if (await current.FindAsync(http, isUse: true, http.RequestAborted) is not { } session)
        {
            return false;
        }

        using var call = calls.Begin(http, session);
        try
        {
            if (await sessions.FindAgainAsync(session, http.RequestAborted) is not { } found)
            {
                return false;
            }

            var (ready, refusal) = await gate.PassAsync(http, found, http.RequestAborted);
            if (ready is null)
            {
                await refusal!.ExecuteAsync(http);
                return true;
            }

            http.Features.Set(ready);
            call.Cleared = ready;
            if (limits.TryCall(session.Key) is { } wait)
            {
                await new TooMany(isPage: false, wait).ExecuteAsync(http);
                return true;
            }

            await next(http);
        }
        catch (OperationCanceledException) when (call.IsCut)
        {
            // It waited for its token.
        }

        return !call.IsCut || !TryTakeBack(http);
    }

    private static bool TryTakeBack(HttpContext http)
    {
        BffTelemetry.CountCallCut();
        if (http.Response.HasStarted)
        {
            http.Abort();
            return false;
        }

        http.Response.Clear();
        return true;
    }
}

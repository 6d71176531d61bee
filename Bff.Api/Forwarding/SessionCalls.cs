using Platform.Bff.Defence;
using Platform.Bff.Session;

namespace Platform.Bff.Forwarding;

/// <summary>A call to an API belongs to a session, and ends with it.</summary>
internal static class SessionCalls
{
    public static async Task Require(HttpContext http, RequestDelegate next)
    {
        if (!http.GetEndpoint()!.Metadata.GetRequiredMetadata<ForwardedRoute>().NeedsSession)
        {
            await next(http);
        }
        else if (!await IsServedAsync(http, next))
        {
            await CurrentSession.None().ExecuteAsync(http);
        }
    }

    // 1 hear of the session's end  2 find it  3 the call  4 nothing half-sent looks whole when it was cut
    private static async Task<bool> IsServedAsync(HttpContext http, RequestDelegate next)
    {
        if (SessionCookie.Read(http.Request) is not { } handle)
        {
            return false;
        }

        var calls = http.RequestServices.GetRequiredService<OpenCalls>();
        using var call = calls.Begin(http, handle);
        try
        {
            if (await http.RequestServices.GetRequiredService<CurrentSession>().FindAsync(http.Request, isUse: true, http.RequestAborted)
                is not { } session)
            {
                return false;
            }

            http.Features.Set(session);
            calls.Watch(call, session);
            if (http.RequestServices.GetRequiredService<CallLimits>().TryCall(session.Key) is { } wait)
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

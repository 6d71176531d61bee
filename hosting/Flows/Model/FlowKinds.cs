using System.Collections.Frozen;
using Platform.Flows.Telemetry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Model;

/// <summary>What a flow is, by the routes of its requests, and its words.</summary>
internal static class FlowKinds
{
    /// <summary>The parameter that only the message of a security event has.</summary>
    public const string EventType = "event_type";

    private static readonly FrozenDictionary<string, FlowKind> ByRoute = new Dictionary<string, FlowKind>
    {
        ["/auth/login"] = FlowKind.SignIn,
        ["/auth/silent"] = FlowKind.SignIn,
        ["/auth/initiate"] = FlowKind.SignIn,
        ["/auth/callback/{provider?}"] = FlowKind.SignIn,
        ["/par"] = FlowKind.SignIn,
        ["/authorize"] = FlowKind.SignIn,
        ["/authorize/resume"] = FlowKind.SignIn,
        ["/login"] = FlowKind.SignIn,
        ["/login/cancel"] = FlowKind.SignIn,
        ["/auth/logout"] = FlowKind.Logout,
        ["/auth/frontchannel-logout"] = FlowKind.Logout,
        ["/auth/backchannel-logout"] = FlowKind.Logout,
        ["/end_session"] = FlowKind.Logout,
        ["/end_session/confirm"] = FlowKind.Logout,
        ["/admin/revocations"] = FlowKind.Revocation,
        ["/revoke"] = FlowKind.Revocation,
        ["/admin/events"] = FlowKind.Event,
        ["/events"] = FlowKind.Event,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind of a flow with these spans, which are in the order of time.</summary>
    public static FlowKind Of(IReadOnlyList<Span> spans)
    {
        var kind = spans.Where(span => span.IsRequest).Select(OfRequest).FirstOrDefault(kind => kind is not (FlowKind.Other or FlowKind.Call), FlowKind.Other);
        return kind is not FlowKind.Other ? kind
            : spans.Any(IsRefresh) ? FlowKind.Refresh
            : spans.Any(IsEvent) ? FlowKind.Event
            : spans.Any(span => OfRequest(span) is FlowKind.Call) ? FlowKind.Call
            : FlowKind.Other;
    }

    /// <summary>Whether a span shows that its trace is more than a forwarded call or a file.</summary>
    public static bool IsWorthAPicture(Span span) =>
        OfRequest(span) is not (FlowKind.Call or FlowKind.Other) || IsRefresh(span) || IsEvent(span);

    public static string Title(this FlowKind kind) => kind switch
    {
        FlowKind.SignIn => "Sign-in",
        FlowKind.Refresh => "Token refresh",
        FlowKind.Logout => "Logout",
        FlowKind.Revocation => "Revocation",
        FlowKind.Event => "CAEP event",
        FlowKind.Call => "Forwarded call",
        _ => "Other",
    };

    private static FlowKind OfRequest(Span span) => span[Names.Route] is not { } route ? FlowKind.Other
        : ByRoute.TryGetValue(Path(route), out var kind) ? kind
        : Path(route).StartsWith("/api/", StringComparison.Ordinal) ? FlowKind.Call
        : FlowKind.Other;

    // By Kafka, or pushed (RFC 8935).
    private static bool IsEvent(Span span) => span[Names.Messaging] is not null || span[ProtocolAttributes.Request + EventType] is not null;

    private static bool IsRefresh(Span span) => span[ProtocolAttributes.Request + "grant_type"] is "refresh_token";

    private static string Path(string route) => "/" + route.Trim('/');
}

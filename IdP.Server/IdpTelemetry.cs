using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.IdP;

/// <summary>What the provider reports about itself: one source of spans, one meter.</summary>
internal static class IdpTelemetry
{
    public const string Name = "Platform.IdP";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Logins =
        Meter.CreateCounter<long>("idp.logins", "{login}", "Sign-ins by outcome.");

    public static readonly Counter<long> TokensIssued =
        Meter.CreateCounter<long>("idp.tokens.issued", "{response}", "Successful token responses by grant.");

    public static readonly Histogram<double> SigningDuration =
        Meter.CreateHistogram<double>("idp.tokens.signing.duration", "s", "Signing one token.");

    public static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("idp.refusals", "{refusal}", "Refused requests by endpoint and error.");

    public static readonly Counter<long> EventsRaised =
        Meter.CreateCounter<long>("idp.events.raised", "{event}", "Security events by type.");

    public static readonly Counter<long> EventsPublished =
        Meter.CreateCounter<long>("idp.events.published", "{event}", "Security events that Kafka acknowledged.");

    public static readonly Histogram<double> EventDelay =
        Meter.CreateHistogram<double>("idp.events.delay", "s", "From the entry in the outbox to Kafka's acknowledgement.");

    public static readonly Counter<long> LogoutNotifications =
        Meter.CreateCounter<long>("idp.logout.notifications", "{notification}", "Clients told of a logout, by channel and outcome.");

    public static readonly Counter<long> KeyRotations =
        Meter.CreateCounter<long>("idp.keys.rotations", "{rotation}", "Times that another key began to sign, by algorithm.");

    /// <summary>Reports how long the keys that sign have done so; a rotation that does not happen shows here.</summary>
    public static void ObserveSigningKeys(Func<IEnumerable<Measurement<double>>> ages) =>
        Meter.CreateObservableGauge("idp.keys.signing_key.age", ages, "s", "Age of the key that signs, by algorithm.");

    /// <summary>The current trace, in the form that is kept beside what the next request needs.</summary>
    public static string? CurrentTrace => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>
    /// A browser brings no trace context along: its requests continue the trace that was kept on the server,
    /// with a link to the span of the HTTP request itself.
    /// </summary>
    public static Activity? Continue(string name, string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, ActivityKind.Server, parent,
                links: Activity.Current is { } request ? [new ActivityLink(request.Context)] : null)
            : null;
}

using System.Diagnostics;

namespace Platform.Bff.Defence;

/// <summary>
/// A trace begins here: what a browser says of traces is not believed, because it would decide what is recorded, and its baggage
/// would reach every service (W3C Baggage section 5). Outgoing calls carry the context of ours.
/// </summary>
internal sealed class EdgeTraceContext : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;

    // HttpClients have their own.
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }
}

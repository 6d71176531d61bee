using Platform.Flows.Telemetry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Model;

/// <summary>
/// Which spans are arrows, and to which arrow each other span belongs. The provider's and the BFF's spans that continue a trace
/// for a browser's request link to it, and so belong to it; a call and its answer on both sides are one arrow.
/// </summary>
internal sealed class SpanTree
{
    private const int Deepest = 64;

    private readonly Dictionary<string, Span> _byId;
    private readonly Dictionary<string, Span> _callsByFlow;
    private readonly Dictionary<string, Span> _callsByTeller;
    private readonly Dictionary<string, Span> _received;

    public SpanTree(IReadOnlyList<Span> spans)
    {
        _byId = spans.DistinctBy(span => span.SpanId).ToDictionary(span => span.SpanId, StringComparer.Ordinal);
        var told = spans.Where(span => span.Kind is SpanKind.Client && span[Names.Method] is not null)
            .Select(call => (Teller: TellerOf(call), Call: call)).Where(pair => pair.Teller is not null).ToList();
        _callsByFlow = told.DistinctBy(pair => pair.Teller![ProtocolAttributes.FlowId])
            .ToDictionary(pair => pair.Teller![ProtocolAttributes.FlowId]!, pair => pair.Call, StringComparer.Ordinal);
        _callsByTeller = told.DistinctBy(pair => pair.Teller!.SpanId)
            .ToDictionary(pair => pair.Teller!.SpanId, pair => pair.Call, StringComparer.Ordinal);
        _received = spans.Where(span => span.IsRequest).Select(request => (Call: CallOf(request), Request: request))
            .Where(pair => pair.Call is not null)
            .DistinctBy(pair => pair.Call!.SpanId).ToDictionary(pair => pair.Call!.SpanId, pair => pair.Request, StringComparer.Ordinal);
        Belonging = spans.Where(span => !IsArrow(span))
            .Select(span => (Arrow: ArrowOf(span), Span: span)).Where(pair => pair.Arrow is not null)
            .ToLookup(pair => pair.Arrow!.SpanId, pair => pair.Span);
    }

    /// <summary>What belongs to an arrow, beside itself.</summary>
    public ILookup<string, Span> Belonging { get; }

    /// <summary>The client's side of a request; null when it comes from outside.</summary>
    public Span? CallOf(Span request) =>
        request.ParentId is { } parent && _byId.GetValueOrDefault(parent) is { Kind: SpanKind.Client } call ? call
        : request[ProtocolAttributes.FlowId] is { } flow ? _callsByFlow.GetValueOrDefault(flow)
        : null;

    public bool IsArrow(Span span) => span switch
    {
        { IsRequest: true } => true,
        { Kind: SpanKind.Client } => !_received.ContainsKey(span.SpanId) && (span[Names.Method] ?? span[Names.Database]) is not null,
        { Kind: SpanKind.Producer or SpanKind.Consumer } => span[Names.Messaging] is not null,
        _ => false,
    };

    private Span? ArrowOf(Span span)
    {
        // What is told of a call belongs to it, and the client's side of a call to the server's.
        var current = _callsByTeller.GetValueOrDefault(span.SpanId) ?? span;
        if (_received.TryGetValue(current.SpanId, out var request))
        {
            return request;
        }

        for (var depth = 0; depth < Deepest && current is not null && !IsArrow(current); depth++)
        {
            current = Continued(current) ?? (current.ParentId is { } parent ? _byId.GetValueOrDefault(parent) : null);
        }

        return current is not null && IsArrow(current) ? current : null;
    }

    // The span around a call that says of which flow it is, for a receiver that gets no trace context.
    private Span? TellerOf(Span call) =>
        call.ParentId is { } parent && _byId.GetValueOrDefault(parent) is { Kind: SpanKind.Internal } teller && teller[ProtocolAttributes.FlowId] is not null
            ? teller
            : null;

    private Span? Continued(Span span) =>
        span.Links.Select(link => _byId.GetValueOrDefault(link.SpanId)).FirstOrDefault(linked => linked is { IsRequest: true });
}

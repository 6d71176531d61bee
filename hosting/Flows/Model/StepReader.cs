using System.Globalization;
using Platform.Flows.Telemetry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Model;

/// <summary>Makes a step of an arrow and of what belongs to it.</summary>
internal sealed class StepReader(SpanTree tree, long beganAt)
{
    public Step Read(Span arrow, int number)
    {
        var (from, to) = Ends(arrow);
        var all = tree.Belonging[arrow.SpanId].Prepend(arrow).OrderBy(span => span.Start).ToList();
        return new Step(number, from, to, Label(arrow), Since(arrow.Start), arrow.Duration)
        {
            TraceId = arrow.TraceId,
            SpanId = arrow.SpanId,
            Instance = arrow.Instance,
            Status = int.TryParse(arrow[Names.Status], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null,
            Request = Parameters(all, ProtocolAttributes.Request),
            Response = Parameters(all, ProtocolAttributes.Response),
            Checks = [.. all.SelectMany(span => span.Checks)],
            Refusal = all.Select(RefusalOf).LastOrDefault(refusal => refusal is not null) ?? ErrorOf(arrow),
        };
    }

    private TimeSpan Since(long time) => TimeSpan.FromTicks((time - beganAt) / TimeSpan.NanosecondsPerTick);

    private (string From, string To) Ends(Span arrow)
    {
        var self = Participants.OfService(arrow.Service);
        return arrow switch
        {
            { IsRequest: true } => (tree.CallOf(arrow) is { } call ? Participants.OfService(call.Service) : Participants.OfOutside(arrow), self),
            { Kind: SpanKind.Consumer } => (Participants.OfSystem(arrow[Names.Messaging]!), self),
            { Kind: SpanKind.Producer } => (self, Participants.OfSystem(arrow[Names.Messaging]!)),
            _ when arrow[Names.Database] is { } database => (self, Participants.OfSystem(database)),
            _ => (self, Participants.OfPeer(arrow)),
        };
    }

    private static string Label(Span arrow) => arrow switch
    {
        { IsRequest: true } => $"{arrow[Names.Method]} {(arrow[Names.Route] is { } route ? Shown(route) : "(no route)")}",
        _ when arrow[Names.Database] is not null => $"script {arrow[Names.Procedure] ?? arrow[Names.Operation]}",
        { Kind: SpanKind.Client } => $"{arrow[Names.Method]}",
        _ => arrow[Names.Destination] ?? arrow.Name,
    };

    // "/auth/callback/{provider?}" is "/auth/callback" to everybody but the router.
    private static string Shown(string route) =>
        "/" + (route.EndsWith("?}", StringComparison.Ordinal) ? route[..route.LastIndexOf('{')] : route).Trim('/');

    // Once more, whoever wrote the span: what is shown here ends in bug reports.
    private static List<Parameter> Parameters(IEnumerable<Span> spans, string prefix) =>
    [
        .. from span in spans
           from attribute in span.Attributes
           where attribute.Key.StartsWith(prefix, StringComparison.Ordinal)
           let shown = ProtocolRedaction.Apply(attribute.Key[prefix.Length..], attribute.Value)
           group shown by shown.Name into same
           select new Parameter(same.Key, same.First().Value)
    ];

    private static Refusal? RefusalOf(Span span) =>
        span[ProtocolAttributes.Reason] is { } reason ? new Refusal(span[ProtocolAttributes.Error] ?? "refused", reason) : null;

    // Of a status code the step tells already.
    private static Refusal? ErrorOf(Span arrow) =>
        arrow[ProtocolAttributes.Error] is { } error && !error.All(char.IsAsciiDigit)
            ? new Refusal(error, "the log of the resource says more")
            : null;
}

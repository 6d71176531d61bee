using Platform.Flows.Telemetry;

namespace Platform.Flows.Model;

/// <summary>Reads a flow out of the spans of its traces.</summary>
internal static class FlowReader
{
    /// <summary>The flow; null while no arrow of it is known.</summary>
    public static Flow? Read(IReadOnlyList<Span> spans)
    {
        var ordered = spans.OrderBy(span => span.Start).ToList();
        var tree = new SpanTree(ordered);
        var arrows = ordered.Where(tree.IsArrow).ToList();
        if (arrows.Count == 0)
        {
            return null;
        }

        var begin = arrows[0].Start;
        var reader = new StepReader(tree, begin);
        var steps = arrows.Select((arrow, index) => reader.Read(arrow, index + 1)).ToList();
        var kind = FlowKinds.Of(ordered);
        return new Flow(
            ordered[0].TraceId, kind, OutcomeOf(kind, steps), DateTimeOffset.UnixEpoch.AddTicks(begin / TimeSpan.NanosecondsPerTick),
            steps.Max(step => step.End))
        {
            Title = TitleOf(kind, steps),
            Participants = Participants.Ordered(steps),
            Steps = steps,
            Traces = [.. ordered.Select(span => span.TraceId).Distinct()],
        };
    }

    private static string TitleOf(FlowKind kind, List<Step> steps) => kind switch
    {
        FlowKind.Event when steps.SelectMany(step => step.Request).FirstOrDefault(parameter => parameter.Name == FlowKinds.EventType) is { } type =>
            $"{kind.Title()}: {type.Value[(type.Value.LastIndexOf('/') + 1)..]}",
        FlowKind.SignIn when steps[0].Label.EndsWith("/auth/silent", StringComparison.Ordinal) => "Silent sign-in",
        FlowKind.Call or FlowKind.Other or FlowKind.Refresh => $"{kind.Title()}: {steps[0].Label}",
        _ => kind.Title(),
    };

    // The last that was asked from outside has the last word; what consumers refuse afterwards is never swallowed.
    private static FlowOutcome OutcomeOf(FlowKind kind, List<Step> steps)
    {
        var last = steps.LastOrDefault(step => step.From is Participants.Browser or Participants.Client);
        return last is { Status: >= 500 } ? FlowOutcome.Failed
            : last is { IsFailure: true } || steps.Any(step => step.Refusal is not null && IsDelivery(step)) ? FlowOutcome.Refused
            : kind is FlowKind.SignIn && !steps.Any(IsReturn) ? FlowOutcome.Open
            : FlowOutcome.Done;
    }

    // Of an event, by Kafka or pushed.
    private static bool IsDelivery(Step step) => step.From is "Kafka" || step.Request.Any(parameter => parameter.Name == FlowKinds.EventType);

    private static bool IsReturn(Step step) =>
        step.Label.Contains("/auth/callback", StringComparison.Ordinal) || step is { Label: "POST /token", Status: 200 };
}

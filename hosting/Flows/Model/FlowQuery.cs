namespace Platform.Flows.Model;

/// <summary>Which flows are asked for.</summary>
/// <param name="Kind">One kind; null for all that are worth a picture.</param>
/// <param name="Outcome">One outcome; null for all.</param>
/// <param name="All">Forwarded calls and files of pages as well.</param>
public sealed record FlowQuery(FlowKind? Kind, FlowOutcome? Outcome, bool All)
{
    private const int Most = 200;

    /// <summary>As the address says it; what it does not know counts as not said.</summary>
    public static FlowQuery Of(IQueryCollection query) => new(
        Enum.TryParse<FlowKind>(query["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        Enum.TryParse<FlowOutcome>(query["outcome"], ignoreCase: true, out var outcome) && Enum.IsDefined(outcome) ? outcome : null,
        query["all"] == "true");

    public IReadOnlyList<Flow> Choose(IEnumerable<Flow> flows) =>
    [
        .. flows.Where(flow =>
            (Kind is null || flow.Kind == Kind) && (Outcome is null || flow.Outcome == Outcome) &&
            (All || Kind is not null || !flow.IsQuiet)).Take(Most)
    ];
}

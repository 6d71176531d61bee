using Platform.Flows.Model;

namespace Platform.Flows.Pages;

/// <summary>What the list shows.</summary>
public sealed record FlowListView(IReadOnlyList<Flow> Flows, FlowQuery Query, string Dashboard, long Version, string? Problem)
{
    /// <summary>Ways to other parts of the list.</summary>
    public IEnumerable<(string Text, string Href, bool IsChosen)> Filters =>
    [
        ("All but calls", "/", Query == new FlowQuery(null, null, All: false)),
        .. Enum.GetValues<FlowKind>().Select(kind => (kind.Title(), $"/?kind={kind}", Query.Kind == kind)),
        ("Refused", "/?outcome=Refused&all=true", Query.Outcome is FlowOutcome.Refused),
        ("Failed", "/?outcome=Failed&all=true", Query.Outcome is FlowOutcome.Failed),
    ];
}

using Platform.Flows.Model;

namespace Platform.Flows.Drawing;

/// <summary>A line of the diagram: a message, or the answer to one.</summary>
internal sealed record Row(Step Step, bool IsAnswer)
{
    public string From => IsAnswer ? Step.To : Step.From;

    public string To => IsAnswer ? Step.From : Step.To;

    /// <summary>Whether what the message went through is told here: at its answer, where there is one.</summary>
    public bool TellsOutcome => IsAnswer || Step.Status is null;

    /// <summary>In the order of time; an answer comes after all that happened before it.</summary>
    public static IReadOnlyList<Row> Of(Flow flow) =>
    [
        .. flow.Steps.Select(step => (At: step.Begin, Row: new Row(step, IsAnswer: false)))
            .Concat(flow.Steps.Where(step => step.Status is not null).Select(step => (At: step.End, Row: new Row(step, IsAnswer: true))))
            .OrderBy(line => line.At).ThenBy(line => line.Row.IsAnswer)
            .ThenBy(line => line.Row.IsAnswer ? -line.Row.Step.Number : line.Row.Step.Number)
            .Select(line => line.Row)
    ];
}

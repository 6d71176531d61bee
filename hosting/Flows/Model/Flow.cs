namespace Platform.Flows.Model;

/// <summary>What happened between browser and services, step by step.</summary>
/// <param name="Id">A trace of the flow; any of them finds it.</param>
public sealed record Flow(string Id, FlowKind Kind, FlowOutcome Outcome, DateTimeOffset StartedAt, TimeSpan Duration)
{
    public required string Title { get; init; }

    /// <summary>From left to right.</summary>
    public required IReadOnlyList<string> Participants { get; init; }

    /// <summary>In the order in which they began.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>The traces that it is made of.</summary>
    public required IReadOnlyList<string> Traces { get; init; }

    /// <summary>What ended it, or what it met on its way.</summary>
    public Refusal? Refusal => Steps.LastOrDefault(step => step.Refusal is not null)?.Refusal;

    /// <summary>Forwarded calls and files of pages come in numbers, and are shown when they are asked for.</summary>
    public bool IsQuiet => Kind is FlowKind.Call or FlowKind.Other && Outcome is not FlowOutcome.Failed && Refusal is null;
}

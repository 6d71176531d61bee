namespace Platform.Flows.Telemetry;

/// <summary>Whether traces come in.</summary>
internal sealed class FeedState
{
    private volatile string? _problem = "the dashboard was not reached yet";

    /// <summary>Why none come; null while they do.</summary>
    public string? Problem
    {
        get => _problem;
        set => _problem = value;
    }
}

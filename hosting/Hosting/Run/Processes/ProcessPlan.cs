namespace Aspire.Hosting.Run;

/// <summary>What to start.</summary>
internal sealed record ProcessPlan(string File, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>The whole environment; nothing is inherited besides.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Which of the variables the model gave; the others are ambient.</summary>
    public IReadOnlySet<string> FromModel { get; init; } = new HashSet<string>();

    /// <inheritdoc cref="BackendProcess.PortFromOutput"/>
    public Func<string, int?>? PortFromOutput { get; init; }

    /// <inheritdoc cref="BackendProcess.Probe"/>
    public Func<int, CancellationToken, Task<string?>>? Probe { get; init; }

    public string? Description { get; init; }
}

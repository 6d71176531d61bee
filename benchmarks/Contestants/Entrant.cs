namespace Platform.Benchmarks.Contestants;

/// <summary>Who can take part in a scenario.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="StartAsync">Starts it for one scenario.</param>
/// <param name="Missing">Why it cannot take part on this machine; null when it can.</param>
internal sealed record Entrant(string Name, Func<Setting, Task<Contestant>> StartAsync, string? Missing = null);

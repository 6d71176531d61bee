using System.Text.Json;

namespace Platform.IdP.Signals.Streams;

/// <summary>What is to become of a stream's events, and why (SSF 1.0 section 8.1.2.2).</summary>
internal sealed record StatusCommand(string Status, string? Reason)
{
    private const int LongestReason = 500;

    /// <summary>The command, or null with the reason why it is none.</summary>
    public static (StatusCommand? Command, string? Fault) Read(JsonElement body)
    {
        if (body.TextOf("status") is not { } status || !StreamStatus.All.Contains(status))
            return (null, $"status must be one of {string.Join(", ", StreamStatus.All)}.");

        var reason = body.TextOf("reason");
        return reason?.Length > LongestReason || (reason is null && body.TryGetProperty("reason", out _))
            ? (null, $"reason must be a text of at most {LongestReason} characters.")
            : (new StatusCommand(status, reason), null);
    }
}

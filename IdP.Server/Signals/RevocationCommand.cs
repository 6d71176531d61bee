using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.IdP.Signals;

/// <summary>Whose sessions to end. A misspelt member is an error: it must not turn one session into all of them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RevocationCommand(string? Sub, string? Sid, string? Reason)
{
    private const int Longest = 500;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
    };

    /// <summary>The command, or null with the reason why it is none.</summary>
    public static async Task<(RevocationCommand? Command, string? Fault)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, "The body must be JSON.");
        }

        RevocationCommand? command;
        try
        {
            command = await JsonSerializer.DeserializeAsync<RevocationCommand>(request.Body, Strict, cancellationToken);
        }
        catch (JsonException)
        {
            return (null, "The body is not a JSON object with the members sub, sid and reason.");
        }

        return command switch
        {
            null or { Sub: null, Sid: null } => (null, "Give sub (all sessions of a user), sid (one session), or both."),
            { Sub: "" } or { Sid: "" } or { Reason: "" } => (null, "A member is empty."),
            { Sub.Length: > Longest } or { Sid.Length: > Longest } or { Reason.Length: > Longest } =>
                (null, "A member is too long."),
            _ => (command, null),
        };
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>Which keys to replace. A misspelt member is an error: it must not turn one algorithm into all of them.</summary>
internal sealed record KeyRotationCommand(JwsAlgorithm? Only)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
    };

    /// <summary>The command, or null with the reason why it is none. Without a body all algorithms are meant.</summary>
    public static async Task<(KeyRotationCommand? Command, string? Fault)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        // First, because a form has been read by now and would look empty.
        if (request.ContentType is not null && !request.HasJsonContentType())
            return (null, "The body must be JSON, or empty.");

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
            return (new KeyRotationCommand(Only: null), null);

        if (request.ContentType is null)
            return (null, "The body must be JSON, or empty.");

        Members? members;
        try
        {
            members = JsonSerializer.Deserialize<Members>(body.GetBuffer().AsSpan(0, (int)body.Length), Strict);
        }
        catch (JsonException)
        {
            return (null, "The body is not a JSON object with the member alg.");
        }

        return members switch
        {
            null => (null, "The body is not a JSON object with the member alg."),
            { Alg: null } => (new KeyRotationCommand(Only: null), null),
            { Alg: var name } => KeyAlgorithms.Find(name) is { } algorithm
                ? (new KeyRotationCommand(algorithm), null)
                : (null, $"alg must be one of {KeyAlgorithms.Names}."),
        };
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Members(string? Alg);
}

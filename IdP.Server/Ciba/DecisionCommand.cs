using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.IdP.Ciba;

/// <summary>A decision that the operator's own means of asking people sends.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DecisionCommand(
    [property: JsonPropertyName("auth_req_id")] string? AuthReqId, [property: JsonPropertyName("decision")] string? Decision)
{
    public static async Task<DecisionCommand?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, DecisionJson.Default.DecisionCommand, cancellationToken)
                is { AuthReqId: not null, Decision: "allow" or "deny" } command
                    ? command
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(DecisionCommand))]
internal sealed partial class DecisionJson : JsonSerializerContext;

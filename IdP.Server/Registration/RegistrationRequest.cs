using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.IdP.Registration;

/// <summary>The client metadata that somebody wants to register (RFC 7591 section 2).</summary>
internal sealed class RegistrationRequest(JsonObject metadata)
{
    private const int DeepestNesting = 8;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DeepestNesting };

    public JsonObject Metadata => metadata;

    /// <summary>Null when the body is no JSON object with unique members.</summary>
    public static async Task<RegistrationRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            var utf8 = body.GetBuffer().AsSpan(0, (int)body.Length);
            return JsonCharacters.AreWhole(utf8) && JsonNode.Parse(utf8, null, Strict) is JsonObject json
                ? new RegistrationRequest(json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Has(string name) => metadata[name] is not null;

    public string? Text(string name) =>
        metadata[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public bool Flag(string name) => metadata[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>Null when it is absent; an empty list, which nothing accepts, when it is no list of texts.</summary>
    public IReadOnlyList<string>? Texts(string name) => metadata[name] switch
    {
        null => null,
        JsonArray array when array.All(item => item?.GetValueKind() is JsonValueKind.String) =>
            [.. array.Select(item => (string)item!)],
        _ => [],
    };
}

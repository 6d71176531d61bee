using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Flows.Pages;

/// <summary>How flows are written as JSON.</summary>
internal static class FlowJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

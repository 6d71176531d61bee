using System.Text.Json;

namespace Platform.Tests.Flows;

/// <summary>One arrow of a flow, as JSON has it.</summary>
internal sealed class FlowStep(JsonElement step)
{
    public IEnumerable<string?> Checks => step.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString());

    /// <summary>A parameter of the request.</summary>
    public string? Request(string name) => Parameter("request", name);

    /// <summary>A parameter of the answer.</summary>
    public string? Response(string name) => Parameter("response", name);

    private string? Parameter(string message, string name) => step.GetProperty(message).EnumerateArray()
        .Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("value").GetString();
}

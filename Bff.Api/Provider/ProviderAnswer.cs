using System.Text.Json;

namespace Platform.Bff.Provider;

/// <summary>What the provider answered to a form. Reasons are for the log.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer() { }

    public sealed record Success(JsonElement Body) : ProviderAnswer
    {
        /// <summary>A member that is a string; null when it is missing or something else.</summary>
        public string? Text(string name) =>
            Body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>The provider understood and said no: <paramref name="Error"/> is its OAuth error code.</summary>
    public sealed record Refused(string Error, string Reason) : ProviderAnswer;

    public sealed record Unavailable(string Reason) : ProviderAnswer;
}

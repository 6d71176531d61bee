using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Platform.Bff.Operations;

/// <summary>The claims of an ID token that its session keeps beyond who it is: those that something is decided by.</summary>
internal sealed class KeptClaims(IOptions<DiagnosticsOptions> diagnostics)
{
    /// <summary>Null when there are none.</summary>
    public IReadOnlyDictionary<string, string[]>? Of(JsonElement claims) =>
        diagnostics.Value.Claim is { Length: > 0 } name && claims.TryGetProperty(name, out var claim) && Texts(claim) is [_, ..] texts
            ? new Dictionary<string, string[]> { [name] = texts }
            : null;

    private static string[] Texts(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.String => [claim.GetString()!],
        JsonValueKind.Array => [.. claim.EnumerateArray().Where(each => each.ValueKind is JsonValueKind.String).Select(each => each.GetString()!)],
        _ => [],
    };
}

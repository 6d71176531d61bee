using System.Text.Json;

namespace Platform.IdP.Signals.Streams;

/// <summary>Which dead letters an administrator wants to be sent again.</summary>
/// <param name="Jti">Those of these ids; null: all.</param>
internal sealed record RedeliveryCommand(IReadOnlySet<string>? Jti)
{
    private const string Members = "Give either \"all\": true, or jti, an array of the ids of dead letters.";

    public bool Means(DeadLetter letter) => Jti is null || Jti.Contains(letter.Jti);

    /// <summary>The command, or null with the reason why it is none.</summary>
    public static (RedeliveryCommand? Command, string? Fault) Read(JsonElement body) =>
        body.EnumerateObject().ToList() switch
        {
            [{ Name: "all", Value.ValueKind: JsonValueKind.True }] => (new RedeliveryCommand((IReadOnlySet<string>?)null), null),
            [{ Name: "jti" } jti] when ReceivedJson.Texts(jti.Value) is { Count: > 0 } ids => (new RedeliveryCommand(ids.ToHashSet()), null),
            _ => (null, Members),
        };
}

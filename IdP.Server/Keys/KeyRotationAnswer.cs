namespace Platform.IdP.Keys;

internal sealed record KeyRotationAnswer(IReadOnlyList<KeyDescription> Keys);

/// <summary>A key as administrators see it.</summary>
internal sealed record KeyDescription(string Kid, string Alg, string State, string File, DateTimeOffset ActiveFrom)
{
    public static KeyDescription Of(ScheduledKey key) => new(
        key.Key.KeyId, key.Algorithm.ToString(), key.State switch
        {
            KeyState.Announced => "announced",
            KeyState.Active => "active",
            _ => "retired",
        }, key.Stored.Name.ToString(), key.Stored.ActiveFrom);
}

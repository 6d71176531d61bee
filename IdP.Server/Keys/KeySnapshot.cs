using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>All keys and their states at one moment. It never changes: requests read it without a lock.</summary>
internal sealed class KeySnapshot
{
    private readonly SigningKey?[] _active = new SigningKey?[Enum.GetValues<JwsAlgorithm>().Length];

    public KeySnapshot(IReadOnlyList<StoredKey> keys, DateTimeOffset now, TimeSpan keepPublished)
    {
        Keys = [.. keys.GroupBy(key => key.Name.Algorithm)
            .SelectMany(group => KeySchedule.At([.. group], now, keepPublished)
                // Who takes the first key that fits takes the one that signs.
                .OrderByDescending(key => key.State == KeyState.Active)
                .ThenByDescending(key => key.Stored.Name.Generation))];
        Published = new JsonWebKeySet(
            Keys.Where(key => key.State != KeyState.Removed).Select(key => key.Key.PublicKey));
        foreach (var key in Keys.Where(key => key.State == KeyState.Active))
        {
            _active[(int)key.Algorithm] = key.Key;
        }
    }

    public IReadOnlyList<ScheduledKey> Keys { get; }

    public JsonWebKeySet Published { get; }

    public SigningKey? Active(JwsAlgorithm algorithm) => _active[(int)algorithm];
}

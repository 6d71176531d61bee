using Platform.Tokens.Jose;

namespace Platform.Bff.Keys;

/// <summary>
/// The keys as all replicas have them, oldest first. Who signs follows from the ring and the time alone: of the keys of a use
/// whose time has come, the newest.
/// </summary>
internal sealed class KeyRing(IReadOnlyList<RingKey> keys)
{
    public static readonly KeyRing Empty = new([]);

    public IReadOnlyList<RingKey> Keys => keys;

    /// <summary>Null when there is none; before the time of all of them, which takes a clock that is behind, the oldest.</summary>
    public SigningKey? Active(KeyUse use, DateTimeOffset now) =>
        (keys.LastOrDefault(key => key.Use == use && key.ActiveFrom <= now) ?? keys.FirstOrDefault(key => key.Use == use))?.Key;

    public SigningKey? Find(KeyUse use, string keyId) =>
        keys.FirstOrDefault(key => key.Use == use && key.Key.KeyId == keyId)?.Key;

    public IEnumerable<SigningKey> Of(KeyUse use) => keys.Where(key => key.Use == use).Select(key => key.Key);

    /// <summary>The ring with all that is due done; the same object when nothing is.</summary>
    public KeyRing KeptUp(DateTimeOffset now, ClientKeyOptions options)
    {
        var kept = keys.Where(key => !IsOver(key)).ToList();
        foreach (var use in Enum.GetValues<KeyUse>())
        {
            var newest = kept.LastOrDefault(key => key.Use == use);
            if (newest is null)
            {
                kept.Add(New(use, now));
            }
            else if (newest.ActiveFrom + options.RotateEvery - options.AnnounceFor <= now)
            {
                // After a long standstill the announcement is not cut short.
                var due = newest.ActiveFrom + options.RotateEvery;
                var earliest = now + options.AnnounceFor;
                kept.Add(New(use, due > earliest ? due : earliest));
            }
        }

        return kept.SequenceEqual(keys) ? this : new KeyRing(kept);

        bool IsOver(RingKey key) =>
            keys.FirstOrDefault(other => other.Use == key.Use && other.ActiveFrom > key.ActiveFrom) is { } next &&
            next.ActiveFrom + options.KeepFor <= now;
    }

    /// <summary>The ring with new keys that sign from now on; the old ones stay as long as they would anyway.</summary>
    public KeyRing Rotated(DateTimeOffset now) => new(
        [.. keys.Where(key => key.ActiveFrom <= now), .. Enum.GetValues<KeyUse>().Select(use => New(use, now))]);

    private static RingKey New(KeyUse use, DateTimeOffset activeFrom) =>
        new(use, SigningKey.Create(JwsAlgorithm.ES256), activeFrom);
}

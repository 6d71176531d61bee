namespace Platform.IdP.Keys;

/// <summary>
/// Who signs when follows from the files alone, so that all replicas come to the same answer: of the keys whose time
/// has come the newest one is active, and a key retires when the first of those after it becomes active.
/// </summary>
internal static class KeySchedule
{
    /// <summary>The keys of one algorithm, given oldest first, with their states at that moment.</summary>
    public static IEnumerable<ScheduledKey> At(IReadOnlyList<StoredKey> keys, DateTimeOffset now, TimeSpan keepPublished)
    {
        // Before the time of all of them, which takes a clock that is behind, the oldest must do.
        var active = keys.LastOrDefault(key => key.ActiveFrom <= now) ?? keys[0];
        return keys.Select(key => new ScheduledKey(key, StateOf(key)));

        KeyState StateOf(StoredKey key) =>
            key == active ? KeyState.Active
            : key.Name.Generation > active.Name.Generation ? KeyState.Announced
            : RetiredAt(keys, key) + keepPublished > now ? KeyState.Retired
            : KeyState.Removed;
    }

    /// <summary>Whether it is time to announce the next key, and from when on that one signs.</summary>
    public static DateTimeOffset? NextActiveFrom(StoredKey newest, DateTimeOffset now, KeyOptions options)
    {
        var due = newest.ActiveFrom + options.RotateEvery;
        if (due - options.AnnounceFor > now)
            return null;

        // After a long standstill the announcement is not cut short.
        var earliest = now + options.AnnounceFor;
        return due > earliest ? due : earliest;
    }

    private static DateTimeOffset RetiredAt(IReadOnlyList<StoredKey> keys, StoredKey key) =>
        keys.Where(other => other.Name.Generation > key.Name.Generation).Min(other => other.ActiveFrom);
}

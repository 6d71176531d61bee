using System.Collections.Concurrent;

namespace Platform.ServiceDefaults.Limits;

/// <summary>
/// So many requests of each kind in a window of time, in this process. All kinds have the same windows, whose counts are
/// dropped together: .NET's partitioned limiter visits each of its partitions ten times a second, which is a good part of a
/// processor where sessions are counted by the ten thousand.
/// </summary>
public sealed class RequestLimit<TKey>(int permits, TimeSpan window, TimeProvider clock) where TKey : notnull
{
    private Window _current = new(clock.GetTimestamp());

    /// <summary>Null when the request may pass, else after how long another may.</summary>
    public TimeSpan? TryPass(TKey key)
    {
        var current = Volatile.Read(ref _current);
        var elapsed = clock.GetElapsedTime(current.Begin);
        if (elapsed >= window)
        {
            // Whoever comes first begins the next one for all.
            Interlocked.CompareExchange(ref _current, new Window(clock.GetTimestamp()), current);
            (current, elapsed) = (Volatile.Read(ref _current), TimeSpan.Zero);
        }

        return current.Counts.GetOrAdd(key, static _ => new Count()).Next() <= permits ? null : window - elapsed;
    }

    private sealed class Window(long begin)
    {
        public long Begin => begin;

        public ConcurrentDictionary<TKey, Count> Counts { get; } = new();
    }

    private sealed class Count
    {
        private long _requests;

        public long Next() => Interlocked.Increment(ref _requests);
    }
}

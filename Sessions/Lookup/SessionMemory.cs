using Microsoft.Extensions.Caching.Memory;

namespace Platform.Sessions.Lookup;

/// <summary>Sessions that this process has read. One that ends while it is being read is not found afterwards.</summary>
internal sealed class SessionMemory(int capacity) : IDisposable
{
    // Endings by a part of the name: a number that has moved since a reading began makes its result worthless. That two
    // names share a number costs a reading now and then.
    private readonly long[] _endings = new long[4096];
    private readonly MemoryCache _sessions = new(new MemoryCacheOptions { SizeLimit = capacity });

    /// <param name="place">Where it was put: the session's key, or its handle where that changes with the session.</param>
    public LiveSession? Find(string place) =>
        _sessions.Get<Kept>(place) is { } kept && Mark(kept.Session.Names) == kept.Mark ? kept.Session : null;

    /// <summary>Before a session is read. The numbers only grow, so that their sum moves when one of them does.</summary>
    public long Mark(IReadOnlyList<string> names)
    {
        var mark = 0L;
        for (var each = 0; each < names.Count; each++)
        {
            mark += Volatile.Read(ref EndingsOf(names[each]));
        }

        return mark;
    }

    /// <summary>After it was read.</summary>
    public void Keep(string place, LiveSession session, long mark) => _sessions.Set(place, new Kept(session, mark), new MemoryCacheEntryOptions
    {
        Size = 1,
        AbsoluteExpiration = session.Record.ExpiresAt,
    });

    public void Forget(string name)
    {
        Interlocked.Increment(ref EndingsOf(name));
        _sessions.Remove(name);
    }

    public void ForgetAll()
    {
        for (var slot = 0; slot < _endings.Length; slot++)
        {
            Interlocked.Increment(ref _endings[slot]);
        }

        _sessions.Clear();
    }

    public int Count => _sessions.Count;

    public void Dispose() => _sessions.Dispose();

    private ref long EndingsOf(string name) => ref _endings[string.GetHashCode(name, StringComparison.Ordinal) & (_endings.Length - 1)];

    private sealed record Kept(LiveSession Session, long Mark);
}

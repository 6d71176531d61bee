using Microsoft.Extensions.Caching.Memory;

namespace Platform.Sessions.Lookup;

/// <summary>Sessions that this process has read. One that ends while it is being read is not kept.</summary>
internal sealed class SessionMemory(int capacity) : IDisposable
{
    // Endings by a part of the key: a number that has moved since a reading began makes its result worthless. That two
    // keys share a number costs a reading now and then.
    private readonly long[] _endings = new long[4096];
    private readonly MemoryCache _sessions = new(new MemoryCacheOptions { SizeLimit = capacity });

    public LiveSession? Find(string key) => _sessions.Get<LiveSession>(key);

    /// <summary>Before a session is read.</summary>
    public long Mark(string key) => Volatile.Read(ref EndingsOf(key));

    /// <summary>After it was read.</summary>
    public void Keep(LiveSession session, long mark)
    {
        _sessions.Set(session.Key, session, new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpiration = session.Record.ExpiresAt,
        });
        if (Mark(session.Key) != mark)
        {
            _sessions.Remove(session.Key);
        }
    }

    public void Forget(string key)
    {
        Interlocked.Increment(ref EndingsOf(key));
        _sessions.Remove(key);
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

    private ref long EndingsOf(string key) => ref _endings[string.GetHashCode(key, StringComparison.Ordinal) & (_endings.Length - 1)];
}

using System.Runtime.InteropServices;

namespace Platform.Sessions;

/// <summary>Who waits for the end of which session. Each is told once.</summary>
internal sealed class EndingListeners
{
    private readonly Lock _lock = new();

    // The newest of each session, which leads to the others: most have one.
    private readonly Dictionary<string, Registration> _newest = new(StringComparer.Ordinal);

    public string[] Keys
    {
        get
        {
            lock (_lock)
            {
                return [.. _newest.Keys];
            }
        }
    }

    public IDisposable Add(string key, Action ended)
    {
        var registration = new Registration(this, key, ended);
        lock (_lock)
        {
            ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, key, out _);
            registration.Older = newest;
            newest = registration;
        }

        return registration;
    }

    /// <summary>How many were waiting.</summary>
    public int Tell(string key)
    {
        Registration? told;
        lock (_lock)
        {
            _newest.Remove(key, out told);
        }

        var count = 0;
        for (; told is not null; told = told.Older)
        {
            told.Ended();
            count++;
        }

        return count;
    }

    private void Remove(Registration registration)
    {
        lock (_lock)
        {
            if (!_newest.TryGetValue(registration.Key, out var newer))
                return;
            if (newer != registration)
            {
                Unlink(registration, newer);
            }
            else if (registration.Older is { } older)
            {
                _newest[registration.Key] = older;
            }
            else
            {
                _newest.Remove(registration.Key);
            }
        }
    }

    private static void Unlink(Registration registration, Registration newer)
    {
        for (Registration? each = newer; each is not null; each = each.Older)
        {
            if (each.Older == registration)
            {
                each.Older = registration.Older;
                return;
            }
        }
    }

    private sealed class Registration(EndingListeners listeners, string key, Action ended) : IDisposable
    {
        public string Key => key;

        public Action Ended => ended;

        public Registration? Older { get; set; }

        public void Dispose() => listeners.Remove(this);
    }
}

namespace Platform.Sessions;

/// <summary>Who waits for the end of which session. Each is told once.</summary>
internal sealed class EndingListeners
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Registration>> _registrations = new(StringComparer.Ordinal);

    public string[] Keys
    {
        get
        {
            lock (_lock)
            {
                return [.. _registrations.Keys];
            }
        }
    }

    public IDisposable Add(string key, Action ended)
    {
        var registration = new Registration(this, key, ended);
        lock (_lock)
        {
            if (!_registrations.TryGetValue(key, out var others))
            {
                _registrations[key] = others = [];
            }

            others.Add(registration);
        }

        return registration;
    }

    /// <summary>How many were waiting.</summary>
    public int Tell(string key)
    {
        List<Registration>? told;
        lock (_lock)
        {
            _registrations.Remove(key, out told);
        }

        told?.ForEach(registration => registration.Ended());
        return told?.Count ?? 0;
    }

    private void Remove(Registration registration)
    {
        lock (_lock)
        {
            if (_registrations.TryGetValue(registration.Key, out var others) &&
                others.Remove(registration) && others.Count == 0)
            {
                _registrations.Remove(registration.Key);
            }
        }
    }

    private sealed class Registration(EndingListeners listeners, string key, Action ended) : IDisposable
    {
        public string Key => key;

        public Action Ended => ended;

        public void Dispose() => listeners.Remove(this);
    }
}

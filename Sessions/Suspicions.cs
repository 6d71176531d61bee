namespace Platform.Sessions;

/// <summary>Who wants to look again when something of a name ends: told as often as it happens.</summary>
internal sealed class Suspicions
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Registration>> _registrations = new(StringComparer.Ordinal);

    public IDisposable Add(IReadOnlyList<string> names, Action suspected)
    {
        var registration = new Registration(this, names, suspected);
        lock (_lock)
        {
            foreach (var name in names)
            {
                if (!_registrations.TryGetValue(name, out var others))
                {
                    _registrations[name] = others = [];
                }

                others.Add(registration);
            }
        }

        return registration;
    }

    public void Tell(string name)
    {
        Registration[] told;
        lock (_lock)
        {
            told = _registrations.TryGetValue(name, out var registrations) ? [.. registrations] : [];
        }

        TellEach(told);
    }

    public void TellAll()
    {
        Registration[] told;
        lock (_lock)
        {
            told = [.. _registrations.Values.SelectMany(registrations => registrations).Distinct()];
        }

        TellEach(told);
    }

    private static void TellEach(Registration[] told) => Array.ForEach(told, registration => registration.Suspected());

    private void Remove(Registration registration)
    {
        lock (_lock)
        {
            foreach (var name in registration.Names)
            {
                if (_registrations.TryGetValue(name, out var others) && others.Remove(registration) && others.Count == 0)
                {
                    _registrations.Remove(name);
                }
            }
        }
    }

    private sealed class Registration(Suspicions suspicions, IReadOnlyList<string> names, Action suspected) : IDisposable
    {
        public IReadOnlyList<string> Names => names;

        public Action Suspected => suspected;

        public void Dispose() => suspicions.Remove(this);
    }
}

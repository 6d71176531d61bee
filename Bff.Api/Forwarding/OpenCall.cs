using System.Collections.Concurrent;
using Platform.Sessions;

namespace Platform.Bff.Forwarding;

/// <summary>A call under way. While it lasts, the request counts as aborted once its session has ended.</summary>
internal sealed class OpenCall : IDisposable
{
    private readonly HttpContext _http;
    private readonly CancellationToken _client;
    private readonly CancellationTokenRegistration _left;
    private readonly ConcurrentDictionary<OpenCall, byte> _calls;

    // Never disposed: it has no timer, and whoever ends the session may come at the same time as the end of the call.
    private readonly CancellationTokenSource _end = new();
    private readonly List<IDisposable> _registrations = new(1);
    private volatile bool _isCut;

    public OpenCall(HttpContext http, string handle, ConcurrentDictionary<OpenCall, byte> calls)
    {
        (_http, Handle, _calls) = (http, handle, calls);
        _client = http.RequestAborted;
        _left = _client.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        http.RequestAborted = _end.Token;
    }

    public string Handle { get; }

    /// <summary>When the session ends unless somebody uses it.</summary>
    public required DateTimeOffset RunsOutAt { get; set; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it may go on for as long as it likes.</summary>
    public required bool IsStream { get; init; }

    /// <summary>The session as it was when nothing was demanded of it, or when that was last looked at.</summary>
    public LiveSession? Cleared { get; set; }

    /// <summary>Whether the session ended before the call did.</summary>
    public bool IsCut => _isCut;

    /// <summary>Stops waiting for what happens to the session together with the call.</summary>
    public void EndWith(IDisposable registration) => _registrations.Add(registration);

    // What waits for the token runs elsewhere: the caller has others to tell.
    public void Cut()
    {
        _isCut = true;
        _ = _end.CancelAsync();
    }

    public void Dispose()
    {
        _registrations.ForEach(static registration => registration.Dispose());
        _left.Dispose();
        _calls.TryRemove(this, out _);
        _http.RequestAborted = _client;
    }
}

using Microsoft.Extensions.Options;

namespace Platform.Caep.Events;

/// <summary>
/// How old the issuer's events are when they are applied. An event that is held back is a session that lives on, whoever holds
/// it: the alarm is about age, and not about the length of a queue.
/// </summary>
internal sealed class EventAges(IOptions<SignalsOptions> options, TimeProvider clock)
{
    // Shorter than a portal waits for a sign of life: one late event alone makes nobody's sessions short.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private TimeSpan _age;
    private DateTimeOffset _seenAt = DateTimeOffset.MinValue;

    /// <param name="issuedAt">When the transmitter issued it: what happened long ago may be told late.</param>
    public void Done(DateTimeOffset issuedAt)
    {
        var now = clock.GetUtcNow();
        var age = now - issuedAt;
        lock (_lock)
        {
            // One that came in time shows that nothing is held back any more.
            (_age, _seenAt) = (age, now);
        }
    }

    /// <summary>The age of the last event, where it is past the objective and was seen a moment ago.</summary>
    public TimeSpan? PastObjective
    {
        get
        {
            lock (_lock)
            {
                return _age > options.Value.LongestEventAge && clock.GetUtcNow() - _seenAt < Memory ? _age : null;
            }
        }
    }
}

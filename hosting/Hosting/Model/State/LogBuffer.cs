namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The last lines of an output. Readers follow by position and copy what is there: a slow reader misses the oldest lines,
/// and neither holds up the writer nor makes anything grow.
/// </summary>
internal sealed class LogBuffer(int capacity = LogBuffer.DefaultCapacity)
{
    internal const int DefaultCapacity = 10_000;

    private readonly Lock _lock = new();
    private LogEntry[] _entries = new LogEntry[Math.Min(256, capacity)];
    private TaskCompletionSource? _changed;
    private int _written;
    private int _cleared;
    private bool _complete;

    public void Append(DateTimeOffset time, string text, bool isError)
    {
        lock (_lock)
        {
            if (_complete)
            {
                return;
            }

            if (_written - _cleared >= _entries.Length && _entries.Length < capacity)
            {
                Grow();
            }

            _entries[_written % _entries.Length] = new(_written + 1, time, text, isError);
            _written++;
            Signal();
        }
    }

    /// <summary>Copies what was written since; waits when there is nothing new. Null once the output has ended.</summary>
    public async ValueTask<(IReadOnlyList<LogEntry> Entries, int Position)?> ReadAsync(int position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_written > position)
                {
                    return (Copy(position), _written);
                }

                if (_complete)
                {
                    return null;
                }

                changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public IReadOnlyList<LogEntry> Snapshot()
    {
        lock (_lock)
        {
            return Copy(0);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _cleared = _written;
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            Signal();
        }
    }

    private LogEntry[] Copy(int position)
    {
        var from = Math.Max(Math.Max(position, _cleared), _written - _entries.Length);
        var copy = new LogEntry[_written - from];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = _entries[(from + i) % _entries.Length];
        }

        return copy;
    }

    private void Grow()
    {
        var kept = Copy(0);
        var larger = new LogEntry[Math.Min(capacity, _entries.Length * 4)];
        for (var i = 0; i < kept.Length; i++)
        {
            larger[(_written - kept.Length + i) % larger.Length] = kept[i];
        }

        _entries = larger;
    }

    private void Signal()
    {
        _changed?.TrySetResult();
        _changed = null;
    }
}

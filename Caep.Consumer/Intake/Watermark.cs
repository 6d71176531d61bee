namespace Platform.Caep.Intake;

/// <summary>
/// How far one partition is done without a gap. Offsets are begun in order and completed in any; what may be
/// committed ends before the first that is still under way. Not safe for threads by itself.
/// </summary>
internal sealed class Watermark
{
    private readonly Queue<long> _begun = new();
    private readonly HashSet<long> _done = [];
    private long _last = -1;

    /// <summary>The offset to go on from after a restart; none as long as nothing was completed.</summary>
    public long? Next { get; private set; }

    public int UnderWay => _begun.Count;

    /// <summary>
    /// False for what does not lie behind all that was begun. Gaps between offsets are normal, transactions and compaction
    /// leave them.
    /// </summary>
    public bool TryBegin(long offset)
    {
        if (offset <= _last)
        {
            return false;
        }

        _last = offset;
        _begun.Enqueue(offset);
        return true;
    }

    /// <summary>Whether <see cref="Next"/> moved.</summary>
    public bool Complete(long offset)
    {
        _done.Add(offset);
        var moved = false;
        while (_begun.TryPeek(out var first) && _done.Remove(first))
        {
            _begun.Dequeue();
            Next = first + 1;
            moved = true;
        }

        return moved;
    }
}

namespace Platform.Sessions.Tests.Lookup;

/// <summary>A clock that lets something happen when it is read: between two steps of whoever reads it.</summary>
internal sealed class InterruptedClock(TimeProvider clock) : TimeProvider
{
    private Action? _interruption;
    private int _readingsLeft;

    /// <param name="reading">At which reading from now on, 1 is the next.</param>
    public void InterruptAt(int reading, Action interruption) => (_readingsLeft, _interruption) = (reading, interruption);

    public override DateTimeOffset GetUtcNow()
    {
        if (_interruption is { } interruption && --_readingsLeft == 0)
        {
            _interruption = null;
            interruption();
        }

        return clock.GetUtcNow();
    }
}

using Microsoft.Extensions.Options;
using Platform.Sessions.Lookup;
using Platform.Testing;

namespace Platform.Sessions.Tests.Lookup;

/// <summary>A process that finds sessions, and asks for the number of the last ending when it is told to.</summary>
public sealed class LookupFixture : IAsyncDisposable
{
    private readonly CertainMemory _memory;

    /// <param name="clock">The time of the sessions; that of the fixture, if not given.</param>
    public LookupFixture(SessionsFixture sessions, TimeProvider? clock = null)
    {
        Publications = new SessionEndings(sessions.Redis);
        Sequence = new EndingSequence(sessions.Redis, Liveness);
        _memory = new CertainMemory(Publications, Sequence, Options.Create(new SessionsOptions()));
        Lookup = new SessionLookup(
            sessions.Store, Publications, _memory, Options.Create(new SessionsOptions()), clock ?? sessions.Clock);
    }

    /// <summary>The time by which the connection is judged.</summary>
    public ManualClock Liveness { get; } = new();

    public SessionEndings Publications { get; }

    internal EndingSequence Sequence { get; }

    internal SessionLookup Lookup { get; }

    public async Task<LiveSession?> FindAsync(string handle, bool isUse = false) =>
        await Lookup.FindAsync(handle, isUse, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _memory.Dispose();
        Sequence.Dispose();
        await Publications.DisposeAsync();
    }
}

using Microsoft.Extensions.Options;
using Platform.Sessions.Lookup;
using Platform.Testing;

namespace Platform.Sessions.Tests.Lookup;

/// <summary>A process that finds sessions, and asks for the number of the last ending when it is told to.</summary>
public sealed class LookupFixture : IAsyncDisposable
{
    public LookupFixture(SessionsFixture sessions)
    {
        Publications = new SessionEndings(sessions.Redis);
        Sequence = new EndingSequence(sessions.Redis, Liveness);
        Lookup = new SessionLookup(
            sessions.Store, Publications, Sequence, Options.Create(new SessionsOptions()), sessions.Clock);
    }

    /// <summary>The time by which the connection is judged.</summary>
    public ManualClock Liveness { get; } = new();

    public SessionEndings Publications { get; }

    internal EndingSequence Sequence { get; }

    public SessionLookup Lookup { get; }

    public async Task<LiveSession?> FindAsync(string handle, bool isUse = false) =>
        await Lookup.FindAsync(handle, isUse, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Lookup.Dispose();
        Sequence.Dispose();
        await Publications.DisposeAsync();
    }
}

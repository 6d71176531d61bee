using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Platform.Sessions.Lookup;
using Platform.Sessions.Sealed;
using Platform.Testing;

namespace Platform.Sessions.Tests.Sealed;

/// <summary>A process that keeps sessions in cookies, and asks for the number of the last ending when it is told to.</summary>
internal sealed class SealedProcess : IAsyncDisposable
{
    private static readonly EphemeralDataProtectionProvider Protection = new();

    private readonly SessionEndings _publications;
    private readonly EndingSequence _sequence;
    private readonly CertainMemory _memory;

    public SealedProcess(SessionsFixture fixture)
    {
        var options = Options.Create(new SessionsOptions());
        _publications = new SessionEndings(fixture.Redis);
        _sequence = new EndingSequence(fixture.Redis, new ManualClock());
        _memory = new CertainMemory(_publications, _sequence, options);
        Stateless = new StatelessSessions(fixture.Redis, Seal, _memory, _publications, options, fixture.Clock);
        Hybrid = new HybridSessions(
            fixture.Redis, fixture.Store, Seal, _memory, _publications, options, Options.Create(new SessionModeOptions()), fixture.Clock);
    }

    public HandleSeal Seal { get; } = new(Protection);

    public ISessions Stateless { get; }

    public ISessions Hybrid { get; }

    public Task ConfirmAsync() => _sequence.ConfirmAsync();

    public async ValueTask DisposeAsync()
    {
        _memory.Dispose();
        _sequence.Dispose();
        await _publications.DisposeAsync();
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Platform.Sessions.Lookup;

/// <summary>
/// The sessions that this process has read, found again as long as it is certain that it has heard of every ending.
/// </summary>
internal sealed class CertainMemory : IDisposable
{
    private readonly EndingSequence _endings;
    private readonly SessionEndings _publications;
    private readonly SessionMemory _memory;
    private readonly IDisposable _hearing;

    // Its own, so that the gauge ends with the memory.
    private readonly Meter _meter = new(SessionsTelemetry.Name);

    public CertainMemory(SessionEndings publications, EndingSequence endings, IOptions<SessionsOptions> options)
    {
        (_publications, _endings, _memory) = (publications, endings, new SessionMemory(options.Value.MostInMemory));
        _meter.CreateObservableGauge("platform.sessions.active", () => _memory.Count, description: "Sessions that this process remembers.");
        _endings.Missed += _memory.ForgetAll;
        _endings.Missed += publications.CheckAll;
        _hearing = publications.OnEveryEnding(ended =>
        {
            foreach (var name in ended.Names)
            {
                _memory.Forget(name);
            }

            _endings.Hear(ended.Number);
        });
    }

    public LiveSession? Find(string place) => _endings.IsCurrent ? _memory.Find(place) : null;

    public long Mark(params IReadOnlyList<string> names) => _memory.Mark(names);

    public void Keep(string place, LiveSession session, long mark) => _memory.Keep(place, session, mark);

    public void Forget(string name) => _memory.Forget(name);

    public void Dispose()
    {
        _hearing.Dispose();
        _endings.Missed -= _memory.ForgetAll;
        _endings.Missed -= _publications.CheckAll;
        _meter.Dispose();
        _memory.Dispose();
    }
}
